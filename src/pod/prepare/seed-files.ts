import type { PreparedFile } from '../../lib/pod-plan.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { leaveAlone } from './in-the-way.ts';
import { makeParents } from './make-directory.ts';
import { obstacleOnTheWay } from './obstacle.ts';
import { readSource } from './read-source.ts';
import { writeAtomically } from './write-atomically.ts';

/** Only the agent's user reads its workspace: the state directory above is closed to all others anyway. */
export const SEEDED_MODE = 0o600;
const EXECUTABLE_MODE = 0o700;

/** The mode of a file that the plan places. */
export function placedMode({ executable }: { readonly executable?: true }): number {
  return executable === true ? EXECUTABLE_MODE : SEEDED_MODE;
}

/** Copies each file whose target does not exist; anything that stands there, a dangling link too, belongs to the agent and stays. */
export async function seedFiles({ fs, log }: Context, files: readonly PreparedFile[], statePath: string): Promise<void> {
  for (const file of files) {
    const { source, target } = file;
    const obstacle = await obstacleOnTheWay(fs, statePath, target);
    if (obstacle !== null) {
      leaveAlone(log, 'seed', target, obstacle);
      continue;
    }
    if ((await fs.inspect(target)) !== null) continue;
    const bytes = await readSource(fs, source);
    await makeParents(fs, target);
    await writeAtomically(fs, target, bytes, placedMode(file));
    log.did(`seeded ${quote(target)}`);
  }
}
