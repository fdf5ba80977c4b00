/** Single files that a command reads and writes beside its input. */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** True for a directory with a YAML file in it. */
export function holdsYaml(path: string): boolean {
  return isDirectory(path) && readdirSync(path).some((name) => /\.ya?ml$/i.test(name));
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
  return faultOf(() => {
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
  });
}

/** As `writeAtomically`, in a directory that is made when it is not there; a file that has the text already is left alone. */
export function writeInto(directory: string, name: string, text: string): string | null {
  return (
    faultOf(() => mkdirSync(directory, { recursive: true })) ??
    (holdsText(join(directory, name), text) ? null : writeAtomically(join(directory, name), text))
  );
}

/** Removes a file, and its directory when that leaves it empty; one that is not there is removed already. */
export function removeFrom(directory: string, name: string): string | null {
  return faultOf(() => {
    rmSync(join(directory, name), { force: true });
    if (isDirectory(directory) && readdirSync(directory).length === 0) rmdirSync(directory);
  });
}

/** The system's code for why it could not be done, or null. */
function faultOf(work: () => unknown): string | null {
  try {
    work();
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
