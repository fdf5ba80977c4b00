/**
 * The files of a ConfigMap, Secret or projected volume as the kubelet lays them: real files in a dated directory, `..data` pointing
 * to it, and one link a top-level name through `..data`. A change is one rename of `..data`, after which the old directory goes.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  chmodSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface VolumeFile {
  readonly content: Buffer;
  readonly mode: number;
}

let lastNumber = 0;

/** Makes the volume hold exactly `files`; `own` sets owner and mode of the new directory before it becomes visible. */
export function writeAtomicVolume(volume: string, files: ReadonlyMap<string, VolumeFile>, own: (directory: string) => void): void {
  lastNumber += 1;
  const dated = `..2026_01_01_00_00_00.${String(lastNumber).padStart(9, '0')}`;
  const old = existsSync(join(volume, '..data')) ? readlinkSync(join(volume, '..data')) : null;
  mkdirSync(join(volume, dated));
  chmodSync(join(volume, dated), 0o755);
  for (const [path, { content, mode }] of files) {
    const file = join(volume, dated, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  }
  own(volume);
  symlinkSync(dated, join(volume, '..data_tmp'));
  renameSync(join(volume, '..data_tmp'), join(volume, '..data'));
  const names = new Set([...files.keys()].map((path) => path.split('/')[0] ?? ''));
  for (const name of names) if (!isLink(join(volume, name))) symlinkSync(join('..data', name), join(volume, name));
  for (const name of readdirSync(volume)) if (!name.startsWith('..') && !names.has(name)) rmSync(join(volume, name));
  if (old !== null) rmSync(join(volume, old), { recursive: true });
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
