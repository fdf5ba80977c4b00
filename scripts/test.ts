/**
 * `npm test`: every test below test/, in parallel by file, with a readable report and the list of passed titles that
 * `npm run parity` counts its checklist with. `npm test -- PATH…` runs the named files only.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

// Tests of the command line run the bundle that users run.
const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync('test/**/*.test.ts', { cwd: ROOT }).toSorted();
mkdirSync(join(ROOT, 'dist'), { recursive: true });
const reporters = [
  ['--test-reporter=spec', '--test-reporter-destination=stdout'],
  ['--test-reporter=./scripts/parity-titles.ts', '--test-reporter-destination=dist/test-titles.txt'],
].flat();
// Node leaves one processor to the runner, which waits most of the time: of two, one would idle.
const concurrency = `--test-concurrency=${availableParallelism()}`;
const { status } = spawnSync(process.execPath, ['--test', concurrency, ...reporters, ...files], { cwd: ROOT, stdio: 'inherit' });
process.exitCode = status ?? 1;
