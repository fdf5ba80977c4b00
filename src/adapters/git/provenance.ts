/** Where files of a checkout come from, in the words that Flux has for it. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { publicAddress } from '../../lib/public-address.ts';
import { runBounded } from '../bounded-process.ts';
import { gitEnvironment, presentable } from './run-git.ts';

export interface Provenance {
  /** Address of the remote repository, without credentials. */
  readonly source: string | null;
  /** `branch@sha1:commit`, or without the name where no branch and no tag is checked out. */
  readonly revision: string | null;
  /** Why something of it cannot be said although there is a repository, without a full stop. */
  readonly remark: string | null;
}

const NOTHING = { source: null, revision: null, remark: null } as const;
const TIME_LIMIT_SECONDS = 60;
const MOST_OUTPUT_BYTES = 1024 * 1024;

/** The repository of `cwd` says it, for `paths` inside it that are as they were committed. */
export async function provenance(
  paths: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Provenance> {
  const top = await git('rev-parse', '--show-toplevel');
  if (top.complaint !== null) return { ...NOTHING, remark: /not a git repository/.test(top.complaint) ? null : top.complaint };
  if (!paths.every((path) => isInside(top.output, path)))
    return { ...NOTHING, remark: 'the input is not part of the repository of the working directory' };
  const source = publicAddress((await git('remote', 'get-url', 'origin')).output);
  const commit = await git('rev-parse', '--verify', 'HEAD^{commit}');
  if (commit.complaint !== null) return { source, revision: null, remark: 'the repository has no commit' };
  const tracked = await git('status', '--porcelain', '--untracked-files=no');
  const input = await git('status', '--porcelain', '--', ...paths);
  const complaint = tracked.complaint ?? input.complaint;
  if (complaint !== null) return { source, revision: null, remark: complaint };
  if (tracked.output !== '' || input.output !== '')
    return { source, revision: null, remark: 'the repository has changes that are not committed' };
  const branch = await git('symbolic-ref', '--quiet', '--short', 'HEAD');
  const name = branch.output || (await git('describe', '--tags', '--exact-match', 'HEAD')).output;
  const hash = `${commit.output.length === 64 ? 'sha256' : 'sha1'}:${commit.output}`;
  return { source, revision: name === '' ? hash : `${name}@${hash}`, remark: null };

  /** What it prints, which is nothing where it complains. */
  async function git(...args: readonly string[]): Promise<{ output: string; complaint: string | null }> {
    const end = await runBounded({
      command: 'git',
      args,
      cwd,
      // Looking writes no index.
      env: { ...gitEnvironment(env), GIT_OPTIONAL_LOCKS: '0' },
      timeLimitSeconds: TIME_LIMIT_SECONDS,
      mostOutputBytes: MOST_OUTPUT_BYTES,
    });
    if (end.kind === 'absent') return { output: '', complaint: 'git is not there' };
    if (end.kind === 'stopped') return { output: '', complaint: end.reason };
    if (end.status === 0) return { output: end.output.toString('utf8').trim(), complaint: null };
    return { output: '', complaint: presentable(end.complaint, cwd) || `git ${args[0]} failed` };
  }
}

function isInside(directory: string, path: string): boolean {
  const below = relative(realpathSync(directory), realpathSync(path));
  return below !== '..' && !below.startsWith('../') && !isAbsolute(below);
}
