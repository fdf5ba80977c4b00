/**
 * Runs the commands that start often and keeps what V8 compiled for them beside the program, where the executable looks first
 * (`src/bin.ts`), so that no container compiles it again, whoever it runs as and wherever it may write.
 *
 *     node --random-seed=1 compile.ts DIRECTORY_OF_THE_PROGRAM DIRECTORY_OF_AGENTS
 *
 * A seed is no flag that V8 tells code apart by; without one, the names in the code are hashed otherwise in each process.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/** What is compiled, and what the collector takes away, depends on when it happens: the same image twice takes none of it. */
const UNSTEADY = ['flush-bytecode', 'opt', 'maglev', 'sparkplug'];

const [directory = '', agents = '', ...command] = process.argv.slice(2);
const name = readdirSync(directory).find((file) => /^main-\w+\.cjs$/.test(file));
if (name === undefined) throw new Error(`${directory} has no built program`);
const filename = join(resolve(directory), name);
if (command.length > 0) run();
else keepAll();

/** Each in a process of its own, as it starts later. */
function keepAll(): void {
  mkdirSync(join(directory, 'compiled'));
  const seed = process.execArgv.find((flag) => flag.startsWith('--random-seed='));
  if (seed === undefined) throw new Error('expected --random-seed=NUMBER, without which every run compiles other code');
  for (const words of [['argocd-generate'], ['krm'], ['render', '.'], ['validate', '.']]) {
    const [command = ''] = words;
    const args = [seed, import.meta.filename, resolve(directory), agents, ...words];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: agents, input: resourceList(), maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`${command}: ${stderr.toString()}`);
    const cachedData = readFileSync(compiled(command));
    // This process has the flags of every later one.
    if (new Script(readFileSync(filename, 'utf8'), { filename, cachedData }).cachedDataRejected !== false)
      throw new Error(`V8 refuses what it compiled for ${command}`);
  }
}

function run(): void {
  for (const flag of UNSTEADY) setFlagsFromString(`--no-${flag}`);
  const script = new Script(readFileSync(filename, 'utf8'), { filename });
  process.once('exit', (code) => {
    if (code !== 0) return;
    // V8 refuses code that was compiled under other flags than it runs under.
    for (const flag of UNSTEADY) setFlagsFromString(`--${flag}`);
    writeFileSync(compiled(command[0] ?? ''), script.createCachedData());
    chmodSync(compiled(command[0] ?? ''), 0o644);
  });
  process.argv = [process.execPath, filename, ...command];
  const program = script.runInThisContext() as (require: NodeJS.Require) => void;
  program(createRequire(filename));
}

function compiled(command: string): string {
  return join(resolve(directory), 'compiled', `${name}-${command}`);
}

/** The agents as kustomize hands them over. */
function resourceList(): string {
  const texts = readdirSync(agents).map((file) => readFileSync(join(agents, file), 'utf8'));
  const documents = texts.flatMap((text) => text.split(/^---$/m)).filter((text) => text.trim() !== '');
  const items = documents.map((text) => `-\n${text.replace(/^/gm, '  ')}\n`);
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${items.join('')}`;
}
