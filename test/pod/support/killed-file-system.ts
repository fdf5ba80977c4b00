import { writeFile } from 'node:fs/promises';
import type { FileSystem } from '../../../src/pod/prepare/file-system.ts';

/** What a program sees that is killed: nothing. The test sees this. */
export class Killed extends Error {}

const CHANGES = ['mkdir', 'chmod', 'touch', 'rename', 'unlink', 'rmdir', 'symlink', 'write', 'copy'] as const;

/** Killed before a change is made, or in the middle of it. After a change is before the next. */
export type Kill = 'before' | 'halfway';

/** Renames and the like happen or do not; only writing a file has a middle. */
export function hasMiddle(change: string): boolean {
  return change === 'write' || change === 'copy';
}

/** A file system whose user is killed at its n-th change (from 0); nothing is changed afterwards. `changes` grows with the names of those made. */
export function killedAt(fs: FileSystem, step: number, kill: Kill): { readonly fs: FileSystem; readonly changes: readonly string[] } {
  const changes: string[] = [];
  const mortal: Record<string, unknown> = { ...fs };
  for (const name of CHANGES) {
    const change = fs[name] as (...args: readonly unknown[]) => Promise<void>;
    mortal[name] = async (...args: readonly unknown[]): Promise<void> => {
      if (changes.length === step && kill === 'halfway') await half(name, args);
      if (changes.length >= step) throw new Killed();
      changes.push(name);
      await change(...args);
    };
  }
  return { fs: mortal as unknown as FileSystem, changes };
}

async function half(name: (typeof CHANGES)[number], args: readonly unknown[]): Promise<void> {
  if (name === 'write') await writeFile(args[0] as string, (args[1] as Uint8Array).subarray(0, 1), { mode: 0o600, flag: 'wx' });
  if (name === 'copy') await writeFile(args[1] as string, '', { mode: 0o600, flag: 'wx' });
}
