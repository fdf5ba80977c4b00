/** The only places where text leaves the program. */
import { fstatSync, writeSync } from 'node:fs';

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

/** Writes all of it before returning, also into a pipe that is read slowly; a reader that went away ends the program quietly. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw error;
      // The pipe is full and non-blocking: wait a moment without spinning.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Asks Node only about a device: its stream for a pipe would load its network code. */
function isTerminal(): boolean {
  return fstatSync(2).isCharacterDevice() && process.stderr.isTTY;
}

async function readStdin(mostBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
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
  out: (text) => writeAll(1, text),
  err: (text) => writeAll(2, text),
  get colour() {
    return isTerminal() && process.env['NO_COLOR'] === undefined;
  },
  get isTerminal() {
    return isTerminal();
  },
  readStdin,
  cwd: process.cwd(),
  env: process.env,
};
