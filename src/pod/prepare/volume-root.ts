import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import type { Context } from './context.ts';
import { inTheWay } from './in-the-way.ts';

/** Stops with the owner, the mode and our uid when the volume's root is not a directory that we can work in. */
export async function requireVolumeRoot({ fs, uid }: Context, path: string): Promise<void> {
  const entry = await fs.inspect(path);
  if (entry?.kind !== 'directory') throw inTheWay(path, entry?.kind ?? null, 'the mounted volume');
  if (await fs.isWritable(path)) return;
  throw new Failure(
    `found the volume ${quote(path)} owned by uid ${entry.uid} with mode ${entry.mode.toString(8)}, expected one that uid ${uid}, which this pod runs as, can write`,
    'set podSecurityContext.fsGroup and check that the volume is not read-only',
  );
}
