import { isUtf8 } from 'node:buffer';
import { type Stats, constants } from 'node:fs';
import * as files from 'node:fs/promises';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { Entry, FileSystem } from './file-system.ts';

/** The real file system. */
export const nodeFileSystem: FileSystem = {
  inspect: async (path) => {
    const stats = await unlessMissing(files.lstat(path));
    return stats === null ? null : entryOf(stats);
  },
  list: async (path) => (await files.readdir(path, { encoding: 'buffer' })).map((name) => decodeName(path, name)).sort(),
  read: (path) => files.readFile(path),
  readLink: (path) => files.readlink(path),
  resolve: (path) => unlessMissing(files.realpath(path)),
  isReadable: async (path) => {
    try {
      // Opened rather than asked by access(2): network file systems answer that one wrongly.
      await (await files.open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)).close();
      return true;
    } catch {
      return false;
    }
  },
  isWritable: async (path) => {
    try {
      await files.access(path, constants.R_OK | constants.W_OK | constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
  freeBytes: async (path) => {
    const { bavail, bsize } = await files.statfs(path);
    return bavail * bsize;
  },

  mkdir: async (path, mode) => {
    await files.mkdir(path, { mode });
  },
  chmod: (path, mode) => files.chmod(path, mode),
  touch: (path, modifiedMs) => files.utimes(path, modifiedMs / 1000, modifiedMs / 1000),
  rename: (from, to) => files.rename(from, to),
  unlink: (path) => files.unlink(path),
  rmdir: (path) => files.rmdir(path),
  symlink: (path, target) => files.symlink(target, path),
  write: async (path, bytes, mode) => {
    const file = await files.open(path, 'wx', mode);
    try {
      await file.writeFile(bytes);
      // The mode given to open(2) is cut by the umask.
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  copy: async (from, to, mode) => {
    await files.copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await files.chmod(to, mode);
  },
  sync: async (path) => {
    const directory = await files.open(path, constants.O_RDONLY);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
};

function entryOf(stats: Stats): Entry {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'link' : 'other';
  return { kind, uid: stats.uid, device: stats.dev, mode: stats.mode & 0o7777, bytes: stats.size, modifiedMs: stats.mtimeMs };
}

/** Linux names are bytes; a name that does not survive as text could not be found again and would be left behind unseen. */
function decodeName(directory: string, name: Buffer): string {
  if (!isUtf8(name))
    throw new Failure(
      `found the name ${quote(name.toString('latin1'))} in ${quote(directory)}, expected UTF-8`,
      'rename or remove that entry',
    );
  return name.toString('utf8');
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return null;
    throw error;
  }
}
