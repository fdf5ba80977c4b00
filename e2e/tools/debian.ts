/** Programs of Debian packages, unpacked into the cache without installing anything: no service starts and no other package changes. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Path of `file` (e.g. `usr/bin/prometheus`) of a Debian package; needs `apt-get` and its package lists, which it updates once. */
export async function debianFile(packageName: string, file: string): Promise<string> {
  const cache = join(process.env['OPENCLAW_GITOPS_CACHE'] ?? join(homedir(), '.cache/openclaw-gitops'), 'debian');
  const directory = join(cache, packageName);
  if (!existsSync(directory)) {
    await mkdir(cache, { recursive: true });
    // Unpacked aside and renamed, so that an interrupted download leaves no half package.
    const fresh = await mkdtemp(join(cache, `.${packageName}-`));
    await download(packageName, fresh);
    const archive = (await readdir(fresh)).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new Error(`apt-get downloaded no package for ${packageName}`);
    await run('dpkg-deb', ['-x', archive, 'root'], { cwd: fresh });
    await rename(join(fresh, 'root'), directory);
    await rm(fresh, { recursive: true });
  }
  const path = join(directory, file);
  if (!existsSync(path)) throw new Error(`the Debian package ${packageName} has no ${file}`);
  return path;
}

async function download(packageName: string, directory: string): Promise<void> {
  try {
    await run('apt-get', ['download', packageName], { cwd: directory });
  } catch {
    // A new machine has no package lists, an old one those of versions that are gone.
    await run('apt-get', ['update']);
    await run('apt-get', ['download', packageName], { cwd: directory });
  }
}
