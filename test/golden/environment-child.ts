/** Renders every golden case with the module named on the command line and prints an `EnvironmentReport`. */
import { pathToFileURL } from 'node:url';
import type { render } from '../../src/render.ts';
import { digestOf, type EnvironmentReport } from './environment.ts';
import { caseInput, goldenCases } from './golden-case.ts';

const module = (await import(pathToFileURL(process.argv[2]!).href)) as { render: typeof render };
const digests: Record<string, string> = {};
for (const known of goldenCases()) {
  const { files, options } = await caseInput(known);
  const { diagnostics, objects } = module.render(files, options);
  digests[known.name] = digestOf(diagnostics, [...objects]);
}
const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
const report: EnvironmentReport = { locale, timeZone, directory: process.cwd(), digests };
process.stdout.write(JSON.stringify(report));
