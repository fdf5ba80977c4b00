/** Runs the `git` of the user, with the user's own configuration and credentials but without asking for any. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../../diagnostics/printable.ts';
import { runBounded } from '../bounded-process.ts';
import { RemoteError } from '../remote-error.ts';

export interface GitSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For one command of git. */
  readonly timeLimitSeconds: number;
  /** Of what one repository may bring. */
  readonly mostBytes: number;
}

export interface GitCommand {
  readonly args: readonly string[];
  readonly input?: string;
  readonly mostOutputBytes?: number;
}

/** Of names and modes; what is read of contents is bounded by who reads. */
const MOST_OUTPUT_BYTES = 32 * 1024 * 1024;
/** They point git at another repository, as they do inside a hook, or write secrets into its messages. */
const NOT_INHERITED =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|CURL_VERBOSE|TRACE.*)$/;

const TEMPORARY = /timed? ?out|could not resolve host|connection (?:reset|refused)|early eof|hung up|error: 5\d\d|error: 429|rpc failed/i;

/** What git prints for a command in the bare repository at `directory`; throws a RemoteError when it fails. */
export async function runGit(directory: string, { args, input, mostOutputBytes }: GitCommand, settings: GitSettings): Promise<Buffer> {
  const end = await runBounded({
    command: 'git',
    args: ['-C', directory, ...ownConfiguration(directory), ...args],
    env: gitEnvironment(settings.env),
    ...(input === undefined ? {} : { input: Buffer.from(input) }),
    timeLimitSeconds: settings.timeLimitSeconds,
    mostOutputBytes: mostOutputBytes ?? MOST_OUTPUT_BYTES,
    objection: () =>
      bytesBelow(join(directory, 'objects')) > settings.mostBytes ? `the repository brings more than ${settings.mostBytes} bytes` : null,
  });
  if (end.kind === 'absent') throw new RemoteError('git', 'git is not there; install it to resolve skill packs', false);
  if (end.kind === 'stopped') throw new RemoteError('git', end.reason, false);
  if (end.status === 0) return end.output;
  const reason = presentable(end.complaint, directory);
  throw new RemoteError(
    'git',
    reason === '' ? `git failed with ${end.signal ?? `exit code ${end.status}`}` : reason,
    TEMPORARY.test(reason),
  );
}

/** Nothing of the user's runs or is cleaned up in a repository that lives for seconds. */
function ownConfiguration(directory: string): string[] {
  const settings = [`core.hooksPath=${join(directory, 'no-hooks')}`, 'gc.auto=0', 'maintenance.auto=false', 'core.fsmonitor=false'];
  return settings.flatMap((setting) => ['-c', setting]);
}

/** For the user's git, which asks nobody for anything. */
export function gitEnvironment(env: GitSettings['env']): Record<string, string | undefined> {
  const inherited = Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_INHERITED.test(name)));
  return { ...inherited, GIT_TERMINAL_PROMPT: '0', GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C' };
}

/** What git complains of, on one line, without the temporary directory and without what addresses carry of credentials. */
export function presentable(complaint: string, directory: string): string {
  const lines = complaint.split('\n').filter((line) => /^(?:fatal|error|remote): ./.test(line));
  return printable(
    lines
      .map((line) => line.trim())
      .join('; ')
      .replaceAll(directory, 'the temporary repository')
      .replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s'"@]*@/gi, '$1')
      .replaceAll(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s'"?#]*)[?#][^\s'"]*/gi, '$1'),
  );
}

/** Size of the files below `directory`; what goes away meanwhile counts nothing. */
function bytesBelow(directory: string): number {
  let bytes = 0;
  try {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      bytes += entry.isDirectory() ? bytesBelow(path) : statSync(path).size;
    }
  } catch {
    return bytes;
  }
  return bytes;
}
