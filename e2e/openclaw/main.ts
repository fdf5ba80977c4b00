/**
 * `npm run e2e:openclaw`: the real OpenClaw releases judge what we render. Installs them from npm into a cache, then runs the rendered
 * pods as the kubelet would and asks the gateway. Needs root. `-- VERSIONS CASES` runs a part of it (see `selection.ts`).
 * Any failure exits 1, and a check that could not run is one.
 */
import { fileURLToPath } from 'node:url';
import { runInSandbox } from '../pod-runner/sandbox.ts';
import { installNodeTools, installOpenClaw, installPackages } from './install.ts';
import { selection } from './selection.ts';

const args = process.argv.slice(2);
const { versions, cases } = selection(args);
const start = performance.now();
installPackages(Object.assign({}, ...cases.map(({ packages }) => packages)) as Record<string, string>);
installNodeTools();
for (const version of versions) installOpenClaw(version);
for (const { install } of cases) await install?.();
console.log(`installed: ${seconds()}`);
process.exitCode = await runInSandbox(fileURLToPath(import.meta.resolve('./stage.ts')), args, process.env);
console.log(`whole stage: ${seconds()}`);

function seconds(): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
