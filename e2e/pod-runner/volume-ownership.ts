import { chmodSync, lchownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SETGID = 0o2000;

/**
 * Gives a volume to the group `fsGroup`, as the kubelet does before a pod starts: every entry belongs to the group, the group may
 * do what a pod's writer or reader needs, and directories hand the group on. `OnRootMismatch` looks at the volume's root alone.
 */
export function giveToGroup(volume: string, fsGroup: number | undefined, readOnly: boolean, policy?: string): void {
  if (fsGroup === undefined) return;
  if (policy === 'OnRootMismatch' && rootMatches(volume, fsGroup)) return;
  walk(volume, fsGroup, readOnly);
}

function groupBits(isDirectory: boolean, readOnly: boolean): number {
  const access = readOnly ? 0o440 : 0o660;
  return isDirectory ? access | 0o110 | SETGID : access;
}

function rootMatches(volume: string, fsGroup: number): boolean {
  const { gid, mode } = lstatSync(volume);
  const wanted = groupBits(true, false);
  return gid === fsGroup && (mode & wanted) === wanted;
}

function walk(path: string, fsGroup: number, readOnly: boolean): void {
  const stat = lstatSync(path);
  lchownSync(path, stat.uid, fsGroup);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, (stat.mode & 0o7777) | groupBits(stat.isDirectory(), readOnly));
  if (stat.isDirectory()) for (const name of readdirSync(path)) walk(join(path, name), fsGroup, readOnly);
}
