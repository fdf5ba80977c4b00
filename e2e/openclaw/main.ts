/**
 * `npm run e2e:openclaw`: the real OpenClaw releases judge what we render. Installs them from npm into a cache, then runs the rendered
 * pods as the kubelet would and asks the gateway. Needs root. `-- VERSIONS CASES` (comma-separated) runs a part of it.
 * Any failure exits 1, and a check that could not run is one.
 */
import { fileURLToPath } from 'node:url';
import { runInSandbox } from '../pod-runner/sandbox.ts';
import { CASES, casesNamed } from './cases/index.ts';
import { installNodeTools, installOpenClaw, installPackages } from './install.ts';
import { OPENCLAW_VERSIONS } from './versions.ts';

const [versions = OPENCLAW_VERSIONS.join(','), cases = CASES.map(({ name }) => name).join(',')] = process.argv.slice(2);
const start = performance.now();
const selected = casesNamed(cases.split(','));
installPackages(Object.assign({}, ...selected.map(({ packages }) => packages)) as Record<string, string>);
installNodeTools();
for (const version of versions.split(',')) installOpenClaw(version);
for (const { install } of selected) await install?.();
console.log(`installed: ${seconds()}`);
process.exitCode = await runInSandbox(fileURLToPath(import.meta.resolve('./stage.ts')), [versions, cases], process.env);
console.log(`whole stage: ${seconds()}`);

function seconds(): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
