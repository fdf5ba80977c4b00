/**
 * Files that follow the plan: placed at every start, removed when they leave it. The record says which files are ours to remove:
 * a line is added before its file is placed and taken away after the file is gone, so a kill never makes us forget one.
 */
import type { PreparePlan } from '../../lib/pod-plan.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import type { FileSystem } from './file-system.ts';
import { leaveAlone } from './in-the-way.ts';
import { makeParents } from './make-directory.ts';
import { obstacleOnTheWay, requireFreeWay } from './obstacle.ts';
import { placedPaths, recordText } from './placed-record.ts';
import { readSource } from './read-source.ts';
import { placedMode, SEEDED_MODE } from './seed-files.ts';
import { textOf } from './text-of.ts';
import { childOf, parentOf } from './volume-paths.ts';
import { writeAtomically, writeWhenDifferent } from './write-atomically.ts';

type ReplaceSet = PreparePlan['replaceSets'][number];

/** Removes what the record has and the plan no longer has, with the directories that this empties, `keptDirectories` excepted. */
export async function removeStaleFiles(
  context: Context,
  set: ReplaceSet,
  statePath: string,
  keptDirectories: ReadonlySet<string>,
): Promise<void> {
  const { fs, log } = context;
  await requireFreeWay(fs, statePath, set.record);
  const record = await textOf(fs, set.record);
  const wanted = new Set(set.files.map(({ path }) => path));
  const staying: string[] = [];
  for (const path of placedPaths(record)) {
    const target = childOf(set.root, path);
    const entry = await fs.inspect(target);
    const obstacle = entry?.kind === 'directory' ? target : await obstacleOf(fs, statePath, set.root, target);
    if (wanted.has(path)) {
      staying.push(path);
    } else if (obstacle === null) {
      if (entry !== null) {
        await fs.unlink(target);
        log.did(`removed ${quote(target)}, which left the plan`);
      }
      // Also for a file that is gone already: the run before may have been killed here.
      await removeEmptyParents(fs, set.root, target, keptDirectories);
    } else if (entry !== null) {
      leaveAlone(log, 'remove', target, obstacle);
      // A directory is none of ours; a file out of reach is removed once it can be.
      if (entry.kind !== 'directory') staying.push(path);
    }
  }
  await keepRecord(fs, set.record, record, staying);
}

/** Places every file of the set whose bytes or mode differ, local edits included. */
export async function placeFiles(context: Context, set: ReplaceSet, statePath: string): Promise<void> {
  const { fs, log } = context;
  const record = await textOf(fs, set.record);
  await keepRecord(fs, set.record, record, [...placedPaths(record), ...set.files.map(({ path }) => path)]);
  for (const file of set.files) {
    const { source, path } = file;
    const target = childOf(set.root, path);
    const bytes = await readSource(fs, source);
    const isDirectory = (await fs.inspect(target))?.kind === 'directory';
    const obstacle = isDirectory ? target : await obstacleOf(fs, statePath, set.root, target);
    if (obstacle !== null) {
      leaveAlone(log, 'place', target, obstacle);
      continue;
    }
    await makeParents(fs, target);
    if (await writeWhenDifferent(fs, target, bytes, placedMode(file))) log.did(`placed ${quote(target)}`);
  }
}

/** The way must leave neither the set's root nor, should the root itself be a link, the state directory. */
async function obstacleOf(fs: FileSystem, statePath: string, root: string, target: string): Promise<string | null> {
  return (await obstacleOnTheWay(fs, statePath, target)) ?? (await obstacleOnTheWay(fs, root, target));
}

async function keepRecord(fs: FileSystem, path: string, before: string, paths: readonly string[]): Promise<void> {
  const after = recordText(paths);
  if (after === '') {
    if ((await fs.inspect(path))?.kind === 'file') await fs.unlink(path);
  } else if (before !== after) {
    await makeParents(fs, path);
    await writeAtomically(fs, path, Buffer.from(after), SEEDED_MODE);
  }
}

async function removeEmptyParents(fs: FileSystem, root: string, path: string, kept: ReadonlySet<string>): Promise<void> {
  for (let parent = parentOf(path); parent !== root && !kept.has(parent); parent = parentOf(parent)) {
    const entry = await fs.inspect(parent);
    if (entry === null) continue;
    if (entry.kind !== 'directory' || (await fs.list(parent)).length > 0) return;
    await fs.rmdir(parent);
  }
}
