/**
 * Makes a directory ours: made when missing, given its mode when it is ours already, and taken over when somebody else owns it.
 * Kubelet makes a missing subPath directory as root, where the agent can write but not chmod, and OpenClaw stops at its first chmod.
 */
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { copyTree } from './copy-tree.ts';
import type { Entry } from './file-system.ts';
import { inTheWay } from './in-the-way.ts';
import { type CopyForOwner, type MoveAside, readJournal, removeJournal, writeJournal } from './journal.ts';
import { makeDirectory, makeParents } from './make-directory.ts';
import { measureTree, requireSpace } from './measure-tree.ts';
import { moveEntry, movedEntry } from './move-entry.ts';
import { removeTree } from './remove-tree.ts';
import { requireVolumeRoot } from './volume-root.ts';
import { childOf, nameOf, namesBeside, parentOf } from './volume-paths.ts';

/** Leaves `path` as a directory of this user with this mode, finishing first what an earlier run began. */
export async function ownDirectory(context: Context, path: string, mode: number): Promise<void> {
  const { fs, log, uid } = context;
  await finishTakeOver(context, path);
  const entry = await fs.inspect(path);
  if (entry === null) {
    await makeParents(fs, path);
    await makeDirectory(fs, path, mode);
    return log.did(`made ${quote(path)}`);
  }
  if (entry.kind !== 'directory') throw inTheWay(path, entry.kind, 'a directory');
  if (entry.uid !== uid) {
    // The root of a mounted volume can be neither renamed nor given a mode: kubelet's own (root, open to the group) must do.
    if ((await fs.inspect(parentOf(path)))?.device !== entry.device) return requireVolumeRoot(context, path);
    await beginTakeOver(context, path, entry);
    await finishTakeOver(context, path);
  }
  if ((await fs.inspect(path))?.mode !== mode) await fs.chmod(path, mode);
}

/** Writes the journal of a take-over, or stops with both uids before anything has been changed. */
async function beginTakeOver(context: Context, path: string, entry: Entry): Promise<void> {
  const { fs, uid } = context;
  const { journal } = namesBeside(path);
  if (!(await fs.isReadable(path))) throw notOurs(context, path, entry.uid, path);
  const entries: { readonly name: string; readonly entry: Entry }[] = [];
  for (const name of await fs.list(path)) {
    const found = await fs.inspect(childOf(path, name));
    if (found !== null) entries.push({ name, entry: found });
  }
  if (entries.every((found) => found.entry.uid === uid) && (entries.length === 0 || (await fs.isWritable(path)))) {
    const aside = await freeName(context, namesBeside(path).aside);
    return writeJournal(fs, journal, { action: 'move-aside', aside, moved: entries.map((found) => movedEntry(found.name, found.entry)) });
  }
  const { bytes, unreadable } = await measureTree(fs, path);
  if (unreadable !== null) throw notOurs(context, path, entry.uid, unreadable);
  await requireSpace(fs, parentOf(path), bytes);
  await writeJournal(fs, journal, { action: 'copy', kept: await freeName(context, namesBeside(path).kept), complete: false });
}

async function finishTakeOver(context: Context, path: string): Promise<void> {
  const { fs } = context;
  const names = namesBeside(path);
  const journal = await readJournal(fs, names.journal);
  if (journal?.action === 'move-aside') await moveAside(context, path, journal);
  else if (journal?.action === 'copy') await copyForOwner(context, path, journal);
  else return;
  await removeJournal(fs, names.journal);
}

async function moveAside(context: Context, path: string, { aside, moved }: MoveAside): Promise<void> {
  const { fs, log, uid } = context;
  const asidePath = childOf(parentOf(path), aside);
  const found = await fs.inspect(path);
  if (found !== null && found.uid !== uid) await fs.rename(path, asidePath);
  if ((await fs.inspect(path)) === null) await makeDirectory(fs, path, 0o700);
  for (const entry of moved) await moveEntry(context, asidePath, path, entry);
  // What could not be moved back stays there.
  if ((await fs.inspect(asidePath)) !== null && (await fs.list(asidePath)).length === 0) await fs.rmdir(asidePath);
  await fs.sync(path);
  log.did(`took over ${quote(path)}, which another user had made`);
}

async function copyForOwner(context: Context, path: string, journal: CopyForOwner): Promise<void> {
  const { fs, log, uid } = context;
  const { copy, journal: journalPath } = namesBeside(path);
  const kept = childOf(parentOf(path), journal.kept);
  if (!journal.complete) {
    await removeTree(fs, copy);
    await copyTree(context, path, copy);
    await fs.sync(copy);
    await writeJournal(fs, journalPath, { ...journal, complete: true });
  }
  const found = await fs.inspect(path);
  if (found !== null && found.uid !== uid) await fs.rename(path, kept);
  if ((await fs.inspect(copy)) !== null) await fs.rename(copy, path);
  log.did(`copied ${quote(path)}, which another user owned; the original is kept as ${quote(kept)} and can be removed once all is well`);
}

/** The name of `path`, or the first numbered one that nothing stands at. */
async function freeName({ fs }: Context, path: string): Promise<string> {
  let free = path;
  for (let count = 2; (await fs.inspect(free)) !== null; count += 1) free = `${path}-${count}`;
  return nameOf(free);
}

/** The pod changed its user and cannot read what the former one left. */
export function notOurs({ uid }: Context, path: string, ownerUid: number, unreadable: string): Failure {
  return new Failure(
    `found ${quote(path)} owned by uid ${ownerUid}, expected uid ${uid}, which this pod runs as and which cannot read ${quote(unreadable)}`,
    `run the pod as the owner (podSecurityContext.runAsUser), or give uid ${uid} the right to read it once`,
  );
}
