import type { PreparePlan } from '../../lib/pod-plan.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { inTheWay } from './in-the-way.ts';
import { makeParents } from './make-directory.ts';
import { requireFreeWay } from './obstacle.ts';
import { removeTree } from './remove-tree.ts';
import { TEMPORARY_NAME, childOf, parentOf } from './volume-paths.ts';

/** Makes every link of the plan point where it should; a file or directory in its place is an error, never removed. */
export async function links({ fs, log }: Context, wanted: PreparePlan['links'], statePath: string): Promise<void> {
  for (const { path, target } of wanted) {
    await requireFreeWay(fs, statePath, path);
    const entry = await fs.inspect(path);
    if (entry !== null && entry.kind !== 'link') throw inTheWay(path, entry.kind, `a link to ${quote(target)}`);
    if (entry !== null && (await fs.readLink(path)) === target) continue;
    await makeParents(fs, path);
    const temporary = childOf(parentOf(path), TEMPORARY_NAME);
    await removeTree(fs, temporary);
    await fs.symlink(temporary, target);
    await fs.rename(temporary, path);
    log.did(`linked ${quote(path)}`);
  }
}
