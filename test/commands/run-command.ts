import type { Command } from '../../src/commands/command.ts';
import type { Streams } from '../../src/commands/streams.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process with nothing on its standard input and no terminal, unless `streams` say otherwise. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  streams: Pick<Streams, 'cwd' | 'env'> & Partial<Streams>,
): Promise<Ran> {
  const said = { out: '', err: '' };
  const code = await command.run(args, {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    colour: false,
    isTerminal: false,
    readStdin: () => Promise.resolve(new Uint8Array()),
    ...streams,
  });
  return { code, ...said };
}
