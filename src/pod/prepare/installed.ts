/**
 * Skills and npm packages that `install-skills` once installed and that have left the plan. Removed here, at every start, because
 * that program is not in the pod any more once nothing is to be installed. What a user or the agent installed is in no record.
 */
import type { PreparePlan } from '../../lib/pod-plan.ts';
import { RECORD_FILE, entriesOf, listWithout, recordOf, type InstalledEntry } from '../installed-record.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { leaveAlone } from './in-the-way.ts';
import { obstacleOnTheWay } from './obstacle.ts';
import { removeTree } from './remove-tree.ts';
import { SEEDED_MODE } from './seed-files.ts';
import { textOf } from './text-of.ts';
import { childOf } from './volume-paths.ts';
import { writeAtomically } from './write-atomically.ts';

export async function removeInstalled(context: Context, { installed = [], state: { volume } }: PreparePlan): Promise<void> {
  const { fs } = context;
  const record = childOf(volume, RECORD_FILE);
  const entries = entriesOf(await textOf(fs, record));
  const staying: InstalledEntry[] = [];
  for (const entry of entries) {
    // A plugin is OpenClaw's to uninstall; until it does, it is not enabled and so not loaded.
    if (installed.includes(entry.key) || entry.plugin || !(await remove(context, volume, entry))) staying.push(entry);
  }
  if (staying.length < entries.length) await writeAtomically(fs, record, Buffer.from(recordOf(staying)), SEEDED_MODE);
}

/** Says whether nothing of it is left. */
async function remove({ fs, log }: Context, volume: string, { key, paths, listed }: InstalledEntry): Promise<boolean> {
  for (const each of paths.concat(listed?.file ?? [])) {
    const path = childOf(volume, each);
    const obstacle = await obstacleOnTheWay(fs, volume, path);
    if (obstacle) {
      leaveAlone(log, 'remove', path, obstacle);
      return false;
    }
    if (each === listed?.file) {
      const text = listWithout(await textOf(fs, path), listed.slug);
      if (text) await writeAtomically(fs, path, Buffer.from(text), SEEDED_MODE);
    } else await removeTree(fs, path);
  }
  log.did(`removed ${quote(key)}`);
  return true;
}
