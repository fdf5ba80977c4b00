import { isJsonObject } from '../../lib/json.ts';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { FileSystem } from './file-system.ts';
import { isPlainName, parentOf } from './volume-paths.ts';
import { writeAtomically } from './write-atomically.ts';

/**
 * What is being done to a directory, written beside it before the first change and removed after the last:
 * a run that finds a journal finishes that work first, whatever killed the one before.
 */
export type Journal = Adoption | MoveAside | CopyForOwner;

/** The entries of the volume's root become entries of the state directory. */
export interface Adoption {
  readonly action: 'adopt';
  /** Owned by another user: copied, and left at the root. */
  readonly copied: readonly string[];
  readonly moved: readonly MovedEntry[];
  /** All that was ever copied and so still stands at the root: never adopted a second time. */
  readonly left: readonly string[];
}

/** A directory of another owner that holds our own entries: renamed to `aside`, made anew, its entries moved back. */
export interface MoveAside {
  readonly action: 'move-aside';
  readonly aside: string;
  readonly moved: readonly MovedEntry[];
}

/** A directory of another owner with that owner's entries: copied, and the original kept under the name `kept`. */
export interface CopyForOwner {
  readonly action: 'copy';
  readonly kept: string;
  /** The copy is complete; only the renames are left. */
  readonly complete: boolean;
}

export interface MovedEntry {
  readonly name: string;
  /** Mode to give back to a directory that must be made writable for the move. */
  readonly mode?: number;
}

export async function readJournal(fs: FileSystem, path: string): Promise<Journal | null> {
  if ((await fs.inspect(path)) === null) return null;
  let value: unknown;
  try {
    value = JSON.parse((await fs.read(path)).toString('utf8'));
  } catch {
    value = null;
  }
  if (!isJournal(value))
    throw new Failure(
      `cannot understand the journal ${quote(path)}`,
      'another version of prepare may have begun to move files: run that one, or finish its moves by hand and remove the journal',
    );
  return value;
}

export async function writeJournal(fs: FileSystem, path: string, journal: Journal): Promise<void> {
  await writeAtomically(fs, path, Buffer.from(`${JSON.stringify(journal)}\n`), 0o600);
}

export async function removeJournal(fs: FileSystem, path: string): Promise<void> {
  await fs.unlink(path);
  await fs.sync(parentOf(path));
}

/** Names are checked because moves follow them: a journal that was tampered with must not reach out of its directory. */
function isJournal(value: unknown): value is Journal {
  if (!isJsonObject(value)) return false;
  const { action, aside, complete, copied, kept, left, moved } = value;
  if (action === 'copy') return isName(kept) && typeof complete === 'boolean';
  if (action === 'move-aside') return isName(aside) && isListOf(moved, isMovedEntry);
  return action === 'adopt' && isListOf(copied, isName) && isListOf(left, isName) && isListOf(moved, isMovedEntry);
}

function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && isPlainName(value);
}

function isMovedEntry(value: unknown): boolean {
  return isJsonObject(value) && isName(value['name']) && (value['mode'] === undefined || Number.isInteger(value['mode']));
}
