/**
 * The state directory of the volume: private, ours, and holding what the operator kept at the volume's root.
 * Adoption happens once, by rename within the volume, under a journal, so that a kill at any point loses nothing.
 */
import type { PreparePlan } from '../../lib/pod-plan.ts';
import { quote } from '../log.ts';
import { type RootEntry, adoptableNames, adoption, namesKeptAtRoot } from './adoption-plan.ts';
import type { Context } from './context.ts';
import { copyTree } from './copy-tree.ts';
import { inTheWay } from './in-the-way.ts';
import { type Adoption, readJournal, writeJournal } from './journal.ts';
import { makeDirectory } from './make-directory.ts';
import { measureTree, requireSpace } from './measure-tree.ts';
import { moveEntry } from './move-entry.ts';
import { notOurs, ownDirectory } from './own-directory.ts';
import { removeTree } from './remove-tree.ts';
import { childOf, namesBeside } from './volume-paths.ts';

const PRIVATE = 0o700;

export async function stateDirectory(context: Context, plan: PreparePlan): Promise<void> {
  const { fs, log } = context;
  const { volume } = plan.state;
  const path = childOf(volume, plan.state.directory);
  const { journal, adopted } = namesBeside(path);
  const unfinished = await readJournal(fs, journal);
  if (unfinished?.action === 'adopt') {
    await finishAdoption(context, volume, path, unfinished);
    return ownDirectory(context, path, PRIVATE);
  }
  // Also finishes a take-over that was begun; made here only when there is nothing to adopt.
  if (unfinished !== null || (await fs.inspect(path)) !== null) await ownDirectory(context, path, PRIVATE);

  const before = await readJournal(fs, adopted);
  const left = before?.action === 'adopt' ? before.left : [];
  const names = adoptableNames(await fs.list(volume), namesKeptAtRoot(plan)).filter((name) => !left.includes(name));
  if (names.length > 0 && (await isMissingOrEmpty(context, path))) {
    const entries = await copyableEntries(context, volume, names);
    if (entries.length > 0) {
      const begun = adoption(entries, context.uid, left);
      await writeJournal(fs, journal, begun);
      await finishAdoption(context, volume, path, begun);
    }
  } else if (names.length > 0) {
    log.warn(
      `left ${names.map((name) => quote(name)).join(', ')} at the root of ${quote(volume)}: the state directory ${quote(path)} is in use already`,
    );
  }
  await ownDirectory(context, path, PRIVATE);
}

async function finishAdoption(context: Context, volume: string, path: string, { copied, moved }: Adoption): Promise<void> {
  const { fs, log } = context;
  const { journal, adopted, copy } = namesBeside(path);
  // Copies come first and arrive together by one rename, so a state directory with entries means that they are done.
  if (copied.length > 0 && (await isMissingOrEmpty(context, path))) {
    await removeTree(fs, copy);
    await makeDirectory(fs, copy, PRIVATE);
    for (const name of copied) await copyTree(context, childOf(volume, name), childOf(copy, name));
    await fs.sync(copy);
    await fs.rename(copy, path);
    log.did(
      `copied ${copied.length} entries of another user from ${quote(volume)} to ${quote(path)}; the originals stay and can be removed once all is well`,
    );
  }
  if ((await fs.inspect(path)) === null) await makeDirectory(fs, path, PRIVATE);
  let count = 0;
  for (const entry of moved) if (await moveEntry(context, volume, path, entry)) count += 1;
  await fs.sync(path);
  await fs.sync(volume);
  // The journal becomes the note that says which originals must never be adopted again.
  await fs.rename(journal, adopted);
  await fs.sync(volume);
  log.did(`adopted ${count} entries from the root of ${quote(volume)} into ${quote(path)}`);
}

/** Everything that can be moved or copied; stops before anything has changed when another user's entry cannot be read. */
async function copyableEntries(context: Context, volume: string, names: readonly string[]): Promise<readonly RootEntry[]> {
  const { fs, log, uid } = context;
  const entries: RootEntry[] = [];
  let bytes = 0;
  for (const name of names) {
    const path = childOf(volume, name);
    const entry = await fs.inspect(path);
    if (entry === null) continue;
    if (entry.uid !== uid) {
      const measure = await measureTree(fs, path);
      if (measure.unreadable !== null && entry.uid !== 0) throw notOurs(context, path, entry.uid, measure.unreadable);
      if (measure.unreadable !== null) {
        // Root's private entries were useless to the agent before as well.
        log.warn(`left ${quote(path)} at the root of the volume: uid 0 owns it and uid ${uid} cannot read it`);
        continue;
      }
      bytes += measure.bytes;
    }
    entries.push({ name, entry });
  }
  await requireSpace(fs, volume, bytes);
  return entries;
}

async function isMissingOrEmpty({ fs }: Context, path: string): Promise<boolean> {
  const entry = await fs.inspect(path);
  if (entry !== null && entry.kind !== 'directory') throw inTheWay(path, entry.kind, 'a directory');
  return entry === null || (await fs.list(path)).length === 0;
}
