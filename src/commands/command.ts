/** What a command is, how its flags are read, and its help text. */
import { parseArgs } from 'node:util';
import type { Streams } from './streams.ts';

export interface Flag {
  readonly name: string;
  readonly short?: string;
  /** Shown in the help as `--name VALUE`; absent for a switch. */
  readonly value?: string;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
  /** True where it may be given more than once. */
  readonly repeats?: boolean;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What its own help says besides. */
  readonly details?: string;
  /** What follows the name, e.g. `FILE|DIR|- …`. */
  readonly usage: string;
  readonly flags: readonly Flag[];
  /** Whole command lines that work; tests run them. */
  readonly examples: readonly string[];
  readonly run: (args: readonly string[], streams: Streams) => Promise<number>;
}

/** Wrong usage: exit code 2. */
export class UsageError extends Error {}

export interface ParsedFlags {
  readonly positionals: readonly string[];
  readonly text: (name: string) => string | undefined;
  /** All values of a flag that repeats, in their order. */
  readonly texts: (name: string) => readonly string[];
  readonly isSet: (name: string) => boolean;
}

export function parseFlags(flags: readonly Flag[], args: readonly string[]): ParsedFlags {
  const options = Object.fromEntries(
    flags.map(({ name, short, value, repeats = false }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: repeats,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  let parsed: { values: Record<string, string | boolean | (string | boolean)[] | undefined>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. To specify')[0]! : String(error));
  }
  const { values, positionals } = parsed;
  for (const { name, choices } of flags) {
    const value = values[name];
    if (choices !== undefined && typeof value === 'string' && !choices.includes(value)) {
      throw new UsageError(`--${name} "${value}" is not known; expected ${choices.join(', ')}`);
    }
  }
  return {
    positionals,
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    texts: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
    },
    isSet: (name) => values[name] === true,
  };
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}

export function helpOf({ name, summary, details, usage, flags, examples }: Command): string {
  const rows = flags.map(({ name: flag, short, value, help, choices }): [string, string] => [
    `${short === undefined ? '' : `-${short}, `}--${flag}${value === undefined ? '' : ` ${value}`}`,
    choices === undefined ? help : `${help} (${choices.join(', ')})`,
  ]);
  const flagText = rows.length === 0 ? '' : `\nFlags:\n${columns(rows)}`;
  const exampleText = examples.length === 0 ? '' : `\nExamples:\n${examples.map((example) => `  ${example}\n`).join('')}`;
  const detailText = details === undefined ? '' : `\n${details}\n`;
  return `${summary}\n${detailText}\nUsage: openclaw-gitops ${name}${usage === '' ? '' : ` ${usage}`}\n${flagText}${exampleText}`;
}

export function generalHelp(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
  return `Expands OpenClawInstance files into hardened Kubernetes manifests.\n\nUsage: openclaw-gitops COMMAND [ARGUMENTS]\n\nCommands:\n${columns(rows)}
Exit codes: 0 done, 1 input refused, 2 wrong usage, 3 a bug of ours.
Run "openclaw-gitops COMMAND --help" for flags and examples.\n`;
}
