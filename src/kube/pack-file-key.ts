import { sha256Hex } from '../lib/sha256.ts';
import { workspaceFileKey } from './workspace-file-key.ts';

const LONGEST_KEY = 253;

/**
 * The ConfigMap key of a file that comes from a skill pack: that of any workspace file where no other path can have it and it is
 * short enough, else its end with a hash of the whole. Unlike a user, nobody can rename the files of a pack.
 */
export function packFileKey(workspace: string | null, path: string): string {
  const key = workspaceFileKey(workspace, path);
  const isUnique = /^[-._a-zA-Z0-9/]+$/.test(path) && path.split('/').every((part) => !/^-|--|-$/.test(part));
  if (isUnique && key.length <= LONGEST_KEY && !key.startsWith('..')) return key;
  return `${sha256Hex(`${workspace ?? ''}/${path}`)}-${key.slice(-100)}`;
}
