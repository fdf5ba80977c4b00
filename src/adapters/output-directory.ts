/**
 * A directory that is ours to write: files are staged inside it and renamed into place, those that hold the text already are left
 * alone, and nothing is replaced or deleted that does not say in its first line that we wrote it. Links in it are never followed.
 */
import {
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What is at a path of ours: nothing, a file that we wrote, or something that is not ours to touch. */
export type Present =
  | { readonly kind: 'absent' }
  | { readonly kind: 'ours'; readonly text: string }
  | { readonly kind: 'foreign' }
  /** It, or the folder it is in, is a link, or no file at all. */
  | { readonly kind: 'no-file'; readonly path: string };

/** Begins the name of a directory in the directory itself, so that renaming needs no copy; the process that makes it follows. */
const STAGING = '.openclaw-gitops-staging-';

/** Names of those that this process has made. */
const OWN = new Set<string>();

/** Folders that a file of ours may be in. */
const DEEPEST = 2;

export interface OutputDirectory {
  /** Visible names in it; null when it is no directory. What is hidden belongs to tools, such as .git. */
  readonly names: () => readonly string[] | null;
  readonly present: (path: string) => Present;
  /** Every file in it, two folders deep, that says that we wrote it there. */
  readonly ourFiles: () => readonly string[];
  /** The first path in it, hidden ones aside, that we did not write; null when everything is ours, or there is nothing. */
  readonly firstOfOthers: () => string | null;
  /** Writes `text` beside its place; `commit` moves it there. */
  readonly stage: (path: string, text: string) => void;
  /** Throws away what is staged. */
  readonly discard: () => void;
  /** Moves every file to its place in the order in which they were staged, and then removes `left`. */
  readonly commit: (left: readonly string[]) => void;
}

/** `headerOf` gives the first line of each of our files. A directory that is not there is made when the first file is staged. */
export function outputDirectory(path: string, headerOf: (path: string) => string): OutputDirectory {
  const exists = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const root = exists ? realpathSync(path) : path;
  const staged: { readonly file: string; readonly source: string }[] = [];
  let staging: string | null = null;
  return {
    names,
    present,
    ourFiles: () => (exists ? ourFilesIn('') : []),
    firstOfOthers: () => (exists ? firstOfOthersIn('') : null),
    stage,
    discard,
    commit,
  };

  function names(): readonly string[] | null {
    if (!exists) return [];
    return statSync(root).isDirectory() ? readdirSync(root).filter((name) => !name.startsWith('.')) : null;
  }

  function present(file: string): Present {
    for (const folder of foldersOf(file).toReversed()) {
      const stats = lstatSync(join(root, folder), { throwIfNoEntry: false });
      if (stats === undefined) return { kind: 'absent' };
      if (!stats.isDirectory()) return { kind: 'no-file', path: folder };
    }
    const stats = lstatSync(join(root, file), { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'absent' };
    if (!stats.isFile()) return { kind: 'no-file', path: file };
    if (!startsWith(join(root, file), headerOf(file).trimEnd())) return { kind: 'foreign' };
    // As a checkout of Git on Windows may have them, line ends make no difference.
    return { kind: 'ours', text: readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n') };
  }

  function ourFilesIn(folder: string): string[] {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      if (entry.name.startsWith('.')) return [];
      const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return foldersOf(file).length < DEEPEST ? ourFilesIn(file) : [];
      return entry.isFile() && startsWith(join(root, file), headerOf(file).trimEnd()) ? [file] : [];
    });
  }

  /** Stops at the first: the directory may be anything, such as the root of a disk. */
  function firstOfOthersIn(folder: string): string | null {
    for (const name of readdirSync(join(root, folder)).toSorted()) {
      if (name.startsWith('.')) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      const isFolder = foldersOf(path).length < DEEPEST && lstatSync(join(root, path)).isDirectory();
      const found = isFolder ? firstOfOthersIn(path) : present(path).kind === 'ours' ? null : path;
      if (found !== null) return found;
    }
    return null;
  }

  function stage(file: string, text: string): void {
    if (staging === null) {
      mkdirSync(root, { recursive: true });
      for (const name of readdirSync(root).filter(isAbandoned)) rmSync(join(root, name), { recursive: true, force: true });
      staging = mkdtempSync(join(root, `${STAGING}${process.pid}-`));
      OWN.add(basename(staging));
    }
    const source = join(staging, String(staged.length));
    const mode = lstatSync(join(root, file), { throwIfNoEntry: false })?.mode ?? 0o666;
    writeFileSync(source, text, { flag: 'wx', mode: mode & 0o777 });
    staged.push({ file, source });
  }

  function discard(): void {
    if (staging !== null) rmSync(staging, { recursive: true, force: true });
    staging = null;
    staged.length = 0;
  }

  function commit(left: readonly string[]): void {
    for (const { file, source } of staged) {
      const target = join(root, file);
      mkdirSync(dirname(target), { recursive: true });
      renameSync(source, target);
    }
    for (const file of left) {
      rmSync(join(root, file), { force: true });
      for (const folder of foldersOf(file)) removeIfEmpty(join(root, folder));
    }
    discard();
  }
}

/** True for what a run left that was killed, also one that had our number: in containers everybody has the same. */
function isAbandoned(name: string): boolean {
  const [, pid] = name.startsWith(STAGING) ? (/^(\d+)-/.exec(name.slice(STAGING.length)) ?? []) : [];
  if (pid === undefined || OWN.has(name)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** The folders that a file is in, the innermost first. */
function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}

function startsWith(file: string, start: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const wanted = Buffer.from(start, 'utf8');
    const found = Buffer.alloc(wanted.length);
    return readSync(descriptor, found, 0, wanted.length, 0) === wanted.length && found.equals(wanted);
  } finally {
    closeSync(descriptor);
  }
}

function removeIfEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch (error) {
    if (!['ENOTEMPTY', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
