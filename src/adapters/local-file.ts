/** Single files that a command reads and writes beside its input. */
import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** True also for a link that leads to nothing. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether the file holds exactly this text, line ends of Windows aside, as a checkout of Git may have them. */
export function holdsText(path: string, text: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path, 'utf8').replaceAll('\r\n', '\n') === text;
}

/**
 * Writes the whole file or nothing: a reader, and a crash, sees the old text or the new one. Follows a link, and keeps the
 * file's mode. Returns the system's code for why it could not, or null.
 */
export function writeAtomically(path: string, text: string): string | null {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    const target = existing === undefined ? path : realpathSync(path);
    const fresh = join(dirname(target), `.${basename(target)}.${process.pid}-${Math.random().toString(36).slice(2)}`);
    writeWhole(fresh, text, existing === undefined ? 0o666 : existing.mode & 0o777);
    try {
      renameSync(fresh, target);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code;
  }
}

function writeWhole(path: string, text: string, mode: number): void {
  const file = openSync(path, 'wx', mode);
  try {
    let rest = Buffer.from(text, 'utf8');
    while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
