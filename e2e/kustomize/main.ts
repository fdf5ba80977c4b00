/**
 * `npm run e2e:kustomize`: the real kustomize, which is made once with Go, builds golden cases with a kustomization and every directory
 * that `render --out` writes for the others, runs our KRM function, and adds the plugin to Argo CD's own manifests.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { binary } from '../tools/binary.ts';
import { renderedDirectories } from './rendered-directories.ts';

const ROOT = join(import.meta.dirname, '../..');
const kustomize = await binary('kustomize');

function node(...args: readonly string[]): boolean {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, KUSTOMIZE: kustomize } });
  return status === 0;
}

const passed = [
  node('scripts/build.ts', '--if-stale') && node('scripts/golden.ts', `--kustomize=${kustomize}`),
  await renderedDirectories(kustomize),
  node(
    '--test',
    '--test-reporter=dot',
    'e2e/kustomize/krm.test.ts',
    'e2e/kustomize/in-place.test.ts',
    'e2e/kustomize/readme.test.ts',
    'e2e/kustomize/argocd-component.test.ts',
  ),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
