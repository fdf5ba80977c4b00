#!/usr/bin/env node
/**
 * The executable: runs the program with the code that an earlier run of the same command has compiled. Node's own compile cache holds
 * only what is compiled before anything runs: each start would compile again every function that it calls, a quarter of its time.
 * It is built as CommonJS, which Node starts without its loader of ES modules, and with the `require` that the program needs.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** The file of the bundled program, a function of `require`, named after its content; scripts/build.ts sets it. */
declare const PROGRAM_FILE: string;

// An older Node has no such function, and would say only that.
if (typeof enableCompileCache !== 'function') {
  process.stderr.write(`error: openclaw-gitops needs Node 22.19 or newer; this is Node ${process.versions.node}\n`);
  process.exit(2);
}
enableCompileCache();

/** The command, as far as it may be part of a file's name. */
const COMMAND = /^[a-z]+(?:-[a-z]+)*$/.exec(process.argv[2] ?? '')?.[0] ?? null;

/** In Node's directory for this user, this Node and these flags of V8; null when there is none. */
function cacheFile(): string | null {
  const directory = getCompileCacheDir();
  return directory === undefined || COMMAND === null ? null : join(directory, `${PROGRAM_FILE}-${COMMAND}`);
}

/** V8 trusts the code it is given, so it is kept twice and compared: a checksum would load `node:zlib`, which takes longer. */
function kept(file: string): Buffer | undefined {
  try {
    const twice = readFileSync(file);
    const half = twice.length / 2;
    const first = twice.subarray(0, half);
    return first.length > 0 && first.equals(twice.subarray(half)) ? first : undefined;
  } catch {
    return undefined;
  }
}

function keep(file: string, code: Buffer): void {
  const unfinished = `${file}-${process.pid}`;
  try {
    writeFileSync(unfinished, Buffer.concat([code, code]), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    // A full or read-only disk costs the next start some time and nothing else.
  }
}

const filename = join(__dirname, PROGRAM_FILE);
const source = readFileSync(filename, 'utf8');

function scriptWith(cachedData: Buffer | undefined): Script {
  return new Script(source, { filename, ...(cachedData === undefined ? {} : { cachedData }) });
}

/** The program with what the image has compiled for the command, which Node's directory could not hold: it is one for each user. */
function brought(): Script | undefined {
  const file = COMMAND === null ? '' : join(__dirname, 'compiled', `${PROGRAM_FILE}-${COMMAND}`);
  if (!existsSync(file)) return undefined;
  const script = scriptWith(readFileSync(file));
  return script.cachedDataRejected === true ? undefined : script;
}

function compiled(): Script {
  const cache = cacheFile();
  const cachedData = cache === null ? undefined : kept(cache);
  const script = scriptWith(cachedData);
  if (cache !== null && (cachedData === undefined || script.cachedDataRejected === true)) {
    // Only a run that did its work has compiled what the next one needs.
    process.once('exit', (code) => {
      if (code === 0) keep(cache, script.createCachedData());
    });
  }
  return script;
}

const script = brought() ?? compiled();
const program = script.runInThisContext() as (require: NodeJS.Require) => void;
program(require);
