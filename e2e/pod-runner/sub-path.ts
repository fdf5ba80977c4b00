import { chmodSync, existsSync, lchownSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * The file or directory of a volume that a mount's `subPath` names. One that is missing is made as the kubelet makes it: root's,
 * with the mode and group of the volume's root. A path that leads out of the volume is refused.
 */
export function resolveSubPath(volume: string, subPath: string): string {
  const root = realpathSync(volume);
  let path = root;
  for (const name of subPath.split('/')) {
    path = join(path, name);
    if (!existsSync(path)) makeLikeRoot(path, root);
    path = realpathSync(path);
    if (path !== root && !path.startsWith(root + sep)) throw new Error(`subPath ${subPath} leads out of the volume`);
  }
  return path;
}

function makeLikeRoot(path: string, root: string): void {
  const { mode, gid } = statSync(root);
  mkdirSync(path);
  lchownSync(path, 0, mode & 0o2000 ? gid : 0);
  chmodSync(path, mode & 0o7777);
}
