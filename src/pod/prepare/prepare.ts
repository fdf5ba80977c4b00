/**
 * Makes the volume what the pod's other containers expect, in the order in which later steps need earlier ones.
 * Every step is idempotent, a second run changes nothing, and every step may be killed and repeated.
 */
import type { PreparePlan } from '../../lib/pod-plan.ts';
import { config } from './config.ts';
import type { Context } from './context.ts';
import { directories } from './directories.ts';
import { removeInstalled } from './installed.ts';
import { links } from './links.ts';
import { listenIncludes } from './listen.ts';
import { requirePlainPaths } from './plan-paths.ts';
import { placeFiles, removeStaleFiles } from './replace-set.ts';
import { seedFiles } from './seed-files.ts';
import { stateDirectory } from './state-directory.ts';
import { requireVolumeRoot } from './volume-root.ts';
import { childOf } from './volume-paths.ts';

export async function prepare(context: Context, plan: PreparePlan, canListenOnIpv6: () => Promise<boolean>): Promise<void> {
  requirePlainPaths(plan);
  const statePath = childOf(plan.state.volume, plan.state.directory);
  await requireVolumeRoot(context, plan.state.volume);
  await stateDirectory(context, plan);
  await directories(context, plan.directories, statePath);
  await links(context, plan.links, statePath);
  await removeInstalled(context, plan);
  // Before seeding, so that a file that moved from a set to the seeded ones is not removed after it was seeded.
  const keptDirectories = new Set(plan.directories.map(({ path }) => path));
  for (const set of plan.replaceSets) await removeStaleFiles(context, set, statePath, keptDirectories);
  await seedFiles(context, plan.files, statePath);
  for (const set of plan.replaceSets) await placeFiles(context, set, statePath);
  if (plan.listen !== null) await listenIncludes(context, plan.listen, await canListenOnIpv6());
  if (plan.config !== null) await config(context, plan.config, statePath);
}
