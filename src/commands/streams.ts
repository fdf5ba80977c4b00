/** The only places where text leaves the program. */
import { fstatSync, writeSync } from 'node:fs';
import { UsageError } from './command.ts';

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** True when standard error is a terminal that wants colours. */
  readonly colour: boolean;
  /** True when standard error is a terminal. */
  readonly isTerminal: boolean;
  /** All of standard input; of more than `mostBytes` it takes the rest away without keeping it, and gives some more bytes than that. */
  readonly readStdin: (mostBytes?: number) => Promise<Uint8Array>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The standard output takes no more, and not because its reader went away. */
export class StandardOutputError extends Error {}

/** Writes all of it before returning, also into a pipe that is read slowly. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      // The pipe is full and non-blocking: wait a moment without spinning.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Ends the program quietly where the reader went away: nobody wants the rest. */
function out(text: string): void {
  try {
    writeAll(1, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') process.exit(0);
    throw new StandardOutputError(`standard output cannot be written (${code})`);
  }
}

/** Goes on where nobody can be told: what is to be done is done all the same, and the exit code says how it ended. */
function err(text: string): void {
  try {
    writeAll(2, text);
  } catch {
    // Whatever the reason is, this is where it would be told.
  }
}

function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    throw new UsageError('the current directory was deleted; change to one that is there');
  }
}

/** Asks Node only about a device: its stream for a pipe would load its network code. */
function isTerminal(): boolean {
  return fstatSync(2).isCharacterDevice() && process.stderr.isTTY;
}

async function readStdin(mostBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  // Node reads one as if it were empty.
  if (fstatSync(0).isDirectory()) throw new UsageError('standard input is a directory; expected a file or a pipe');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    // Who writes must not find a closed pipe: it would tell that instead of our refusal.
    if (bytes <= mostBytes) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks);
}

export const standardStreams: Streams = {
  out,
  err,
  get colour() {
    return isTerminal() && process.env['NO_COLOR'] === undefined;
  },
  get isTerminal() {
    return isTerminal();
  },
  readStdin,
  get cwd() {
    return currentDirectory();
  },
  env: process.env,
};
