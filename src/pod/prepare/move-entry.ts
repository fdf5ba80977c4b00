import { quote } from '../log.ts';
import type { Context } from './context.ts';
import type { Entry } from './file-system.ts';
import type { MovedEntry } from './journal.ts';
import { childOf } from './volume-paths.ts';

const OWNER_WRITES = 0o200;

/** What a journal must remember about an entry before it is moved. */
export function movedEntry(name: string, entry: Entry): MovedEntry {
  return needsWrite(entry) ? { name, mode: entry.mode } : { name };
}

/**
 * Moves one entry to another directory of the same volume; safe to repeat after a crash at any point.
 * False when both places have one of that name: then neither is touched.
 */
export async function moveEntry(context: Context, from: string, to: string, { name, mode }: MovedEntry): Promise<boolean> {
  const { fs, log } = context;
  const source = childOf(from, name);
  const target = childOf(to, name);
  const entry = await fs.inspect(source);
  const moved = entry === null;
  const inTheWay = moved ? null : await fs.inspect(target);
  if (moved || inTheWay !== null) {
    // The run before may have been killed between the move and giving the mode back.
    await giveModeBack(context, moved ? target : source, mode);
    if (!moved) log.warn(`both ${quote(source)} and ${quote(target)} exist: kept both where they are`);
    return moved;
  }
  // Moving a directory to another parent changes its "..": the kernel wants write permission on the directory itself.
  if (needsWrite(entry)) await fs.chmod(source, entry.mode | OWNER_WRITES);
  await fs.rename(source, target);
  await giveModeBack(context, target, mode);
  return true;
}

async function giveModeBack({ fs }: Context, path: string, mode: number | undefined): Promise<void> {
  if (mode === undefined) return;
  const entry = await fs.inspect(path);
  if (entry?.kind === 'directory' && entry.mode === (mode | OWNER_WRITES)) await fs.chmod(path, mode);
}

function needsWrite(entry: Entry): boolean {
  return entry.kind === 'directory' && (entry.mode & OWNER_WRITES) === 0;
}
