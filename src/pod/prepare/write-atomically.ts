import type { FileSystem } from './file-system.ts';
import { removeTree } from './remove-tree.ts';
import { TEMPORARY_NAME, childOf, parentOf } from './volume-paths.ts';

/** Puts a file in place whole: a reader, and a run after a crash, sees the old one or the new one. A link at `path` is replaced, never written through. */
export async function writeAtomically(fs: FileSystem, path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const directory = parentOf(path);
  const temporary = childOf(directory, TEMPORARY_NAME);
  await removeTree(fs, temporary);
  await fs.write(temporary, bytes, mode);
  await fs.rename(temporary, path);
  await fs.sync(directory);
}

const OWNER_EXECUTES = 0o100;

/**
 * Like `writeAtomically`, but a regular file that has these bytes already, and is executable or not as wanted, is left alone.
 * Says whether it wrote. Other bits of the mode do not count: kubelet gives files to the pod's group.
 */
export async function writeWhenDifferent(fs: FileSystem, path: string, bytes: Uint8Array, mode: number): Promise<boolean> {
  const entry = await fs.inspect(path);
  const canStay = entry?.kind === 'file' && entry.bytes === bytes.byteLength && ((entry.mode ^ mode) & OWNER_EXECUTES) === 0;
  if (canStay && (await fs.isReadable(path)) && (await fs.read(path)).equals(bytes)) return false;
  await writeAtomically(fs, path, bytes, mode);
  return true;
}
