import type { FileSystem } from './file-system.ts';
import { childOf } from './volume-paths.ts';

/** Removes a tree that this user owns, read-only directories included, never following a link. */
export async function removeTree(fs: FileSystem, path: string): Promise<void> {
  const entry = await fs.inspect(path);
  if (entry === null) return;
  if (entry.kind !== 'directory') return fs.unlink(path);
  if ((entry.mode & 0o700) !== 0o700) await fs.chmod(path, 0o700);
  for (const name of await fs.list(path)) await removeTree(fs, childOf(path, name));
  await fs.rmdir(path);
}
