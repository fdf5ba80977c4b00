import type { FileSystem } from './file-system.ts';
import { parentOf } from './volume-paths.ts';

/** Makes one directory with exactly this mode; mkdir alone would inherit the setgid bit of a volume with fsGroup. */
export async function makeDirectory(fs: FileSystem, path: string, mode: number): Promise<void> {
  await fs.mkdir(path, mode);
  await fs.chmod(path, mode);
}

/** Makes the missing directories above `path`, private to this user. */
export async function makeParents(fs: FileSystem, path: string): Promise<void> {
  const missing: string[] = [];
  for (let parent = parentOf(path); (await fs.inspect(parent)) === null; parent = parentOf(parent)) missing.unshift(parent);
  for (const parent of missing) await makeDirectory(fs, parent, 0o700);
}
