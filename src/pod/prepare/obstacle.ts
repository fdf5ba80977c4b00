import { quote } from '../log.ts';
import type { FileSystem } from './file-system.ts';
import { inTheWay } from './in-the-way.ts';
import { childOf, isInside, parentOf } from './volume-paths.ts';

const OWNER_WRITES = 0o200;

/**
 * The first thing between `base` and `path` that prepare must not write through or into: a link that leads nowhere or out of `base`,
 * something that is no directory, or a directory that was made read-only. Null when the way is free, and for a path outside `base`.
 * Agents arrange their own files; prepare never follows them to places that they could not write themselves.
 */
export async function obstacleOnTheWay(fs: FileSystem, base: string, path: string): Promise<string | null> {
  if (!isInside(base, path)) return null;
  const realBase = (await fs.resolve(base)) ?? base;
  let reached = await fs.inspect(realBase);
  let parent = base;
  for (const name of namesBetween(base, path)) {
    const above = { path: parent, entry: reached };
    parent = childOf(parent, name);
    reached = await fs.inspect(parent);
    // What is missing will be made, in the directory above.
    if (reached === null) return above.entry !== null && (above.entry.mode & OWNER_WRITES) === 0 ? above.path : null;
    if (reached.kind === 'link') {
      const real = await fs.resolve(parent);
      if (real === null || !isInside(realBase, real)) return parent;
      reached = await fs.inspect(real);
    }
    if (reached?.kind !== 'directory') return parent;
  }
  return reached !== null && (reached.mode & OWNER_WRITES) === 0 ? parent : null;
}

/** Stops when something is in the way to a path that must be written. */
export async function requireFreeWay(fs: FileSystem, base: string, path: string): Promise<void> {
  const obstacle = await obstacleOnTheWay(fs, base, path);
  if (obstacle !== null)
    throw inTheWay(obstacle, (await fs.inspect(obstacle))?.kind ?? null, `a writable directory on the way to ${quote(path)}`);
}

function namesBetween(base: string, path: string): readonly string[] {
  return parentOf(path)
    .slice(base.length)
    .split('/')
    .filter((name) => name !== '');
}
