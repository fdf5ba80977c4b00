/**
 * Programs of Debian packages, unpacked into the cache without installing anything: no service starts, no other package changes, and
 * apt's own settings stay as they are.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CACHE = join(process.env['OPENCLAW_GITOPS_CACHE'] ?? join(homedir(), '.cache/openclaw-gitops'), 'debian');
const MIRROR = 'http://deb.debian.org/debian';
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Path of `file` (e.g. `usr/bin/prometheus`) of a Debian package; needs `apt-get` and its package lists, which it updates once. */
export async function debianFile(packageName: string, file: string): Promise<string> {
  const directory = await cached(packageName, async (fresh) => {
    await download(packageName, fresh);
    const archive = (await readdir(fresh)).find((name) => name.endsWith('.deb'));
    if (archive === undefined) throw new Error(`apt-get downloaded no package for ${packageName}`);
    await run('dpkg-deb', ['-x', archive, 'root'], { cwd: fresh });
  });
  const path = join(directory, file);
  if (!existsSync(path)) throw new Error(`the Debian package ${packageName} has no ${file}`);
  return path;
}

/**
 * A root directory of a Debian release that need not be the machine's, with these packages and all that they depend on. Nothing is
 * configured: no package's scripts have run.
 */
export function debianRoot(release: string, packages: readonly string[]): Promise<string> {
  return cached(`${release}-${packages.join('-')}`, async (fresh) => {
    const apt = await aptOf(release, fresh);
    await run('apt-get', [...apt, 'update']);
    await run('apt-get', [...apt, '--yes', '--download-only', '--no-install-recommends', 'install', ...packages]);
    const archives = join(fresh, 'archives');
    for (const name of await readdir(archives))
      if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(archives, name), 'root'], { cwd: fresh });
    const root = join(fresh, 'root');
    // The package that makes these in every Debian is none that others depend on.
    for (const name of ['bin', 'sbin', 'lib', 'lib64']) if (!existsSync(join(root, name))) await symlink(`usr/${name}`, join(root, name));
    await mkdir(join(root, 'usr/local'), { recursive: true });
  });
}

/** Makes `root` in a directory aside and renames it, so that an interrupted download leaves no half package. */
async function cached(name: string, make: (fresh: string) => Promise<void>): Promise<string> {
  const directory = join(CACHE, name);
  if (existsSync(directory)) return directory;
  await mkdir(CACHE, { recursive: true });
  const fresh = await mkdtemp(join(CACHE, `.${name}-`));
  await make(fresh);
  await rename(join(fresh, 'root'), directory);
  await rm(fresh, { recursive: true });
  return directory;
}

/** Options by which `apt-get` knows that release alone, keeps everything below `directory` and takes nothing for installed. */
async function aptOf(release: string, directory: string): Promise<string[]> {
  const source = join(directory, 'debian.sources');
  await writeFile(source, `Types: deb\nURIs: ${MIRROR}\nSuites: ${release}\nComponents: main\nSigned-By: ${KEYS}\n`);
  for (const name of ['lists/partial', 'archives/partial']) await mkdir(join(directory, name), { recursive: true });
  return Object.entries({
    'Dir::Etc::SourceList': source,
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State::Lists': join(directory, 'lists'),
    'Dir::State::Status': '/dev/null',
    'Dir::Cache': directory,
    'Dir::Cache::Archives': join(directory, 'archives'),
    'Debug::NoLocking': 'true',
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    // The directory is in the home of whoever runs this, where the downloader's own user cannot go.
    'APT::Sandbox::User': 'root',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
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
