/** `npm run e2e:kustomize`: the golden cases with a kustomization, built by the real kustomize, which is made once with Go. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { binary } from '../tools/binary.ts';

const ROOT = join(import.meta.dirname, '../..');
const { status } = spawnSync(
  process.execPath,
  ['scripts/golden.ts', `--kustomize=${await binary('kustomize')}`, ...process.argv.slice(2)],
  {
    cwd: ROOT,
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
