import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER = 0o700;

export interface Opened {
  readonly opened: number;
  /** Directories of others that are closed to us; what is below them keeps its mode. */
  readonly closed: readonly string[];
}

/** Gives the group what the owner may, in everything below the directory that belongs to the user who runs this. */
export async function openToGroup(directory: string): Promise<Opened> {
  const uid = process.getuid?.();
  const closed: string[] = [];
  let opened = 0;
  const visit = async (path: string): Promise<void> => {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return;
    const missing = ((stats.mode & OWNER) >> 3) & ~stats.mode;
    if (stats.uid === uid && missing !== 0) {
      await chmod(path, (stats.mode & 0o7777) | missing);
      opened += 1;
    }
    if (!stats.isDirectory()) return;
    let names: string[];
    try {
      names = await readdir(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
      // Those of root are none of the browser's: `lost+found`.
      if (stats.uid !== 0) closed.push(path);
      return;
    }
    for (const name of names) await visit(join(path, name));
  };
  await visit(directory);
  return { opened, closed };
}
