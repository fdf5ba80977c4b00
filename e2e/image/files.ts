/** The files of an image as its layers have them, without what an engine adds for a container. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Writes them below `directory`, with the users and modes that they have in the image. */
export function unpack(command: 'podman' | 'docker', tag: string, directory: string): void {
  const archive = `${directory}.layers`;
  mkdirSync(archive);
  mkdirSync(directory);
  execFileSync(command, ['save', '--output', `${archive}/image.tar`, tag], { stdio: ['ignore', 'ignore', 2] });
  extract(`${archive}/image.tar`, archive);
  const [manifest] = JSON.parse(readFileSync(`${archive}/manifest.json`, 'utf8')) as { Layers: string[] }[];
  for (const layer of manifest?.Layers ?? []) extract(join(archive, layer), directory);
  rmSync(archive, { recursive: true });
}

function extract(archive: string, directory: string): void {
  const flags = ['--same-permissions', '--same-owner', '--numeric-owner', '--keep-directory-symlink'];
  const { status, stderr } = spawnSync('tar', ['--extract', ...flags, '--file', archive, '--directory', directory], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${archive}: ${stderr}`);
}

/** A line for each: name, kind and mode, user, group, and what is in it. */
export function described(directory: string): string[] {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted();
  return names.map((name) => {
    const path = join(directory, name);
    const stats = lstatSync(path);
    const content = stats.isSymbolicLink() ? readlinkSync(path) : stats.isFile() ? sha256(path) : '';
    return [name, stats.mode.toString(8), stats.uid, stats.gid, content].join(' ');
  });
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
