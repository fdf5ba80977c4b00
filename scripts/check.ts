/** `npm run check`: everything a pull request must pass, dist included. `-- --tested` leaves out the tests, for who has just run them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

const STAGES: readonly (readonly [name: string, command: string])[] = [
  ['generated files are fresh', 'node scripts/gen.ts --check'],
  ['build', 'node scripts/build.ts'],
  ['format', 'oxfmt --check'],
  ['lint', 'oxlint --type-aware --deny-warnings'],
  ['types', 'tsc --noEmit'],
  ['unused code', 'knip'],
  ['tests', 'node scripts/test.ts'],
  ['golden cases', 'node scripts/golden.ts'],
  ['parity with the operator', 'node scripts/parity.ts --titles dist/test-titles.txt'],
];

const failed: string[] = [];
for (const [name, command] of STAGES) {
  if (name === 'tests' && process.argv.includes('--tested')) continue;
  const start = performance.now();
  const { status } = spawnSync(command, { cwd: ROOT, stdio: 'inherit', shell: true });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  process.stdout.write(`check failed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
