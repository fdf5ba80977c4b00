import type { PreparePlan } from '../../lib/pod-plan.ts';
import type { Context } from './context.ts';
import { leaveAlone } from './in-the-way.ts';
import { obstacleOnTheWay } from './obstacle.ts';
import { ownDirectory } from './own-directory.ts';
import { isInside } from './volume-paths.ts';

/** Makes every directory of the plan ours. Inside the state directory the agent's own links are left alone; elsewhere a link is an error, because kubelet will mount there. */
export async function directories(context: Context, wanted: PreparePlan['directories'], statePath: string): Promise<void> {
  for (const { path, mode } of wanted) {
    const inState = path !== statePath && isInside(statePath, path);
    if (inState) {
      const link = (await context.fs.inspect(path))?.kind === 'link';
      const obstacle = link ? path : await obstacleOnTheWay(context.fs, statePath, path);
      if (obstacle !== null) {
        leaveAlone(context.log, 'make', path, obstacle);
        continue;
      }
    }
    await ownDirectory(context, path, Number.parseInt(mode, 8));
  }
}
