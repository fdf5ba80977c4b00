import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { FileSystem } from './file-system.ts';
import { childOf } from './volume-paths.ts';

export interface TreeMeasure {
  /** What a copy of the files takes. */
  readonly bytes: number;
  /** The first path that this user cannot read; null when all can be copied. */
  readonly unreadable: string | null;
}

/** What copying a tree would take. */
export async function measureTree(fs: FileSystem, path: string): Promise<TreeMeasure> {
  const entry = await fs.inspect(path);
  if (entry === null || entry.kind === 'link' || entry.kind === 'other') return { bytes: 0, unreadable: null };
  if (!(await fs.isReadable(path))) return { bytes: 0, unreadable: path };
  if (entry.kind === 'file') return { bytes: entry.bytes, unreadable: null };
  let bytes = 0;
  for (const name of await fs.list(path)) {
    const below = await measureEntry(fs, path, name);
    if (below.unreadable !== null) return below;
    bytes += below.bytes;
  }
  return { bytes, unreadable: null };
}

/** Stops when the file system of `path` cannot hold `bytes` more. */
export async function requireSpace(fs: FileSystem, path: string, bytes: number): Promise<void> {
  const free = await fs.freeBytes(path);
  if (free >= bytes) return;
  throw new Failure(
    `found ${free} free bytes in ${quote(path)}, expected ${bytes} for a copy of another user's files`,
    'enlarge the volume, or run the pod as the former user again',
  );
}

async function measureEntry(fs: FileSystem, directory: string, name: string): Promise<TreeMeasure> {
  try {
    return await measureTree(fs, childOf(directory, name));
  } catch (error) {
    // A directory that may be listed but not entered lets nobody look at its entries.
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return { bytes: 0, unreadable: childOf(directory, name) };
    throw error;
  }
}
