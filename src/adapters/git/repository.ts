/**
 * Reads single directories of a remote repository at one commit, without a checkout: names first, then the contents that are
 * wanted. A host that can leave contents out of a fetch does; from any other the commit comes whole.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemoteError } from '../remote-error.ts';
import { runGit, type GitCommand, type GitSettings } from './run-git.ts';

export interface GitRepository {
  /** The commit that a branch, tag or (abbreviated) commit names; null for the default branch. */
  readonly commitOf: (revision: string | null) => Promise<string>;
  /** Everything below `directory`, sorted by path; null where the commit has no such directory. */
  readonly list: (commit: string, directory: string) => Promise<readonly GitEntry[] | null>;
  /** What stands at one path; null where nothing does. */
  readonly entry: (commit: string, path: string) => Promise<GitEntry | null>;
  /** The contents of these files and links of the commit, in their order; refuses when one is larger than `mostBytes`. */
  readonly read: (commit: string, entries: readonly GitEntry[], mostBytes: number) => Promise<readonly Buffer[]>;
}

export interface GitEntry {
  /** Relative to the directory that was listed. */
  readonly path: string;
  readonly kind: 'file' | 'executable' | 'link' | 'directory' | 'submodule';
  readonly object: string;
}

const KINDS: Readonly<Record<string, GitEntry['kind']>> = {
  '100755': 'executable',
  '120000': 'link',
  '040000': 'directory',
  '160000': 'submodule',
};
const COMMIT = /^[0-9a-f]{40}$/;
const ABBREVIATION = /^[0-9a-f]{7,40}$/i;
/** Without contents: they are fetched once it is known which. */
const NAMES_ONLY = ['--filter=blob:none', '--no-tags', '--no-recurse-submodules', '--quiet'];

/** Calls `use` with a repository that is gone afterwards. `url` may be rewritten by the user's git configuration. */
export async function withRepository<T>(url: string, settings: GitSettings, use: (repository: GitRepository) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-git-'));
  try {
    const git = (command: GitCommand): Promise<Buffer> => runGit(directory, command, settings);
    await git({ args: ['init', '--bare', '--quiet', '--template='] });
    await git({ args: ['remote', 'add', 'origin', '--', url] });
    return await use(repositoryOf(git));
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function repositoryOf(git: (command: GitCommand) => Promise<Buffer>): GitRepository {
  const commits = new Map<string | null, Promise<string>>();
  let hasHistory = false;
  return { commitOf, list, entry, read };

  function commitOf(revision: string | null): Promise<string> {
    const known = commits.get(revision);
    if (known !== undefined) return known;
    const found = resolved(revision);
    commits.set(revision, found);
    return found;
  }

  async function resolved(revision: string | null): Promise<string> {
    if (revision === null) return fetched('HEAD');
    const name = await advertisedName(revision);
    if (name !== null) return fetched(name);
    if (!ABBREVIATION.test(revision)) {
      throw new RemoteError('git', `the repository has no branch, tag or commit "${revision}"`, false);
    }
    return (await fetchedCommit(revision.toLowerCase())) ?? commitInHistory(revision.toLowerCase());
  }

  /** The full name of the branch or tag, or null where there is none. */
  async function advertisedName(revision: string): Promise<string | null> {
    const full = revision.startsWith('refs/') ? [revision] : [`refs/heads/${revision}`, `refs/tags/${revision}`];
    const lines = (await git({ args: ['ls-remote', '--quiet', 'origin', ...full] })).toString().split('\n');
    const objects = new Map(lines.map((line) => line.split('\t') as [string, string?]).map(([object, name]) => [name, object]));
    const found = full.filter((name) => objects.has(name));
    if (found.length > 1 && objects.get(full[0]) !== (objects.get(`${full[1]}^{}`) ?? objects.get(full[1]))) {
      throw new RemoteError('git', `"${revision}" is a branch and a tag; write refs/heads/${revision} or refs/tags/${revision}`, false);
    }
    return found[0] ?? null;
  }

  async function fetched(name: string): Promise<string> {
    await git({ args: ['fetch', '--depth=1', ...NAMES_ONLY, 'origin', name] });
    return commitNamed('FETCH_HEAD');
  }

  async function commitNamed(name: string): Promise<string> {
    return (await git({ args: ['rev-parse', '--verify', '--quiet', `${name}^{commit}`] })).toString().trim();
  }

  /** A whole commit id can be asked for at most hosts; null where this one refuses. */
  async function fetchedCommit(revision: string): Promise<string | null> {
    if (!COMMIT.test(revision)) return null;
    try {
      return await fetched(revision);
    } catch (error) {
      if (error instanceof RemoteError && !error.canRetry) return null;
      throw error;
    }
  }

  /** What is only part of an id, or is not handed out alone, is looked for in everything that branches and tags reach. */
  async function commitInHistory(revision: string): Promise<string> {
    if (!hasHistory) await git({ args: ['fetch', ...NAMES_ONLY, 'origin', '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'] });
    hasHistory = true;
    try {
      return await commitNamed(revision);
    } catch (error) {
      if (!(error instanceof RemoteError)) throw error;
      throw new RemoteError('git', `the repository has no branch, tag or single commit "${revision}"`, false);
    }
  }

  async function list(commit: string, directory: string): Promise<readonly GitEntry[] | null> {
    const tree = await treeOf(commit, directory);
    return tree === null ? null : entriesOf(await git({ args: ['ls-tree', '-r', '-z', '--full-tree', tree] }));
  }

  async function treeOf(commit: string, directory: string): Promise<string | null> {
    const found = await entry(commit, directory);
    return found?.kind === 'directory' ? found.object : null;
  }

  async function entry(commit: string, path: string): Promise<GitEntry | null> {
    return entriesOf(await git({ args: ['ls-tree', '-z', '--full-tree', commit, '--', path] }))[0] ?? null;
  }

  async function read(commit: string, entries: readonly GitEntry[], mostBytes: number): Promise<readonly Buffer[]> {
    const objects = [...new Set(entries.map(({ object }) => object))];
    if (objects.length === 0) return [];
    await fetchMissing(commit, objects);
    const input = lines(objects);
    const checked = (await git({ args: ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)'], input })).toString();
    for (const [object, , size] of checked.split('\n').map((line) => line.split(' '))) {
      if (Number(size ?? 0) <= mostBytes) continue;
      const path = entries.find((candidate) => candidate.object === object)?.path ?? '';
      throw new RemoteError('git', `file "${path}" has ${size} bytes; expected at most ${mostBytes}`, false);
    }
    const batch = await git({ args: ['cat-file', '--batch'], input, mostOutputBytes: objects.length * (mostBytes + 100) });
    const contents = contentsOf(batch);
    return entries.map(({ object, path }) => {
      const bytes = contents.get(object);
      if (bytes === undefined) throw new RemoteError('git', `the repository does not hand out "${path}"`, false);
      return bytes;
    });
  }

  /** One request for all of them; a host that brought everything already is not asked again. */
  async function fetchMissing(commit: string, objects: readonly string[]): Promise<void> {
    const listed = await git({ args: ['rev-list', '--objects', '--no-object-names', '--missing=print', '--no-walk', commit] });
    const absent = new Set(
      listed
        .toString()
        .split('\n')
        .flatMap((line) => (line.startsWith('?') ? [line.slice(1)] : [])),
    );
    const wanted = objects.filter((object) => absent.has(object));
    if (wanted.length === 0) return;
    // As git itself fetches what a partial clone lacks: nothing is negotiated, these objects are asked for.
    const args = ['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', ...NAMES_ONLY, '--no-write-fetch-head', '--stdin', 'origin'];
    await git({ args, input: lines(wanted) });
  }
}

function lines(objects: readonly string[]): string {
  return objects.map((object) => `${object}\n`).join('');
}

/** `<mode> <type> <object>TAB<path>NUL` for each entry. Names that are not UTF-8 get the replacement character. */
function entriesOf(listing: Buffer): GitEntry[] {
  return listing
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode, , object] = line.slice(0, tab).split(' ') as [string, string, string];
      return { path: line.slice(tab + 1), object, kind: KINDS[mode] ?? 'file' };
    });
}

/** `<object> <type> <size>LF<bytes>LF` for each object. */
function contentsOf(batch: Buffer): ReadonlyMap<string, Buffer> {
  const contents = new Map<string, Buffer>();
  let offset = 0;
  while (offset < batch.length) {
    const end = batch.indexOf(0x0a, offset);
    const [object, , size] = batch.subarray(offset, end).toString().split(' ') as [string, string, string?];
    offset = end + 1;
    // "<object> missing" has no size.
    if (size === undefined) continue;
    contents.set(object, batch.subarray(offset, offset + Number(size)));
    offset += Number(size) + 1;
  }
  return contents;
}
