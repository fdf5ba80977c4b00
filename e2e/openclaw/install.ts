/** Puts on the machine what the stage needs: a few Debian packages, and each OpenClaw release once into the cache. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from '../pod-runner/command.ts';
import { installation, nodeTools, pnpmPackage } from './cache.ts';

/** Program and the Debian package that has it. */
const TOOLS = {
  ip: 'iproute2',
  mount: 'mount',
  nginx: 'nginx-light',
  nsenter: 'util-linux',
  prlimit: 'util-linux',
  setpriv: 'util-linux',
  tini: 'tini',
  unshare: 'util-linux',
};

/** Installs what the runner needs and these: Debian packages by a program of theirs. */
export function installPackages(packages: Readonly<Record<string, string>>): void {
  const missing = new Set(Object.entries({ ...TOOLS, ...packages }).flatMap(([program, name]) => (isOnPath(program) ? [] : [name])));
  if (missing.size === 0) return;
  console.log(`installing ${[...missing].join(', ')}`);
  const apt = ['-o', 'DPkg::Lock::Timeout=300'];
  run('apt-get', ...apt, '-q', 'update');
  run('env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...apt, '-q', 'install', '--yes', '--no-install-recommends', ...missing);
}

/** What the official images bring along with Node. */
export function installNodeTools(): void {
  installFromNpm(dirname(nodeTools), ['npm@11.21.2', 'corepack@0.34.6'], (directory) =>
    existsSync(join(directory, 'node_modules/.package-lock.json')),
  );
}

/** The version that `features/runtime-deps.ts` pins. */
export const PNPM_VERSION = '11.28.11';

/** Fetches pnpm as npm publishes it, signature included. */
export function fetchPnpm(): void {
  const manifest = join(pnpmPackage, 'manifest.json');
  if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version === PNPM_VERSION) return;
  rmSync(pnpmPackage, { recursive: true, force: true });
  mkdirSync(pnpmPackage, { recursive: true });
  const tarball = run('npm', 'pack', '--silent', '--pack-destination', pnpmPackage, `pnpm@${PNPM_VERSION}`).trim();
  renameSync(join(pnpmPackage, tarball), join(pnpmPackage, 'pnpm.tgz'));
  writeFileSync(manifest, run('npm', 'view', '--json', `pnpm@${PNPM_VERSION}`, 'version', 'dist'));
}

/** The package's own install scripts must run: without them every start ends with "package lifecycle is incomplete". */
export function installOpenClaw(version: string): void {
  installFromNpm(installation(version), [`openclaw@${version}`], (directory) => isInstalled(directory, version));
}

/** Installs npm packages into a directory of the cache, unless they are there. */
export function installFromNpm(directory: string, packages: readonly string[], isComplete: (directory: string) => boolean): void {
  if (isComplete(directory)) return;
  console.log(`installing ${packages.join(', ')}`);
  // Beside the place and renamed, so that an interrupted installation is not taken for one.
  const fresh = `${directory}.${process.pid}`;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'package.json'), '{ "private": true }\n');
  // npm runs the scripts with the node that it finds first, and the releases need a recent one.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` };
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['install', '--prefix', fresh, '--no-audit', '--no-fund', '--loglevel=error', ...packages],
    { encoding: 'utf8', env, cwd: fresh },
  );
  if (status !== 0 || !isComplete(fresh)) throw new Error(`npm install ${packages.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
  renameSync(fresh, directory);
}

/** npm writes its hidden lock file last. */
function isInstalled(directory: string, version: string): boolean {
  const manifest = join(directory, 'node_modules/openclaw/package.json');
  if (!existsSync(join(directory, 'node_modules/.package-lock.json')) || !existsSync(manifest)) return false;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version === version;
}

function isOnPath(program: string): boolean {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return directories.some((directory) => existsSync(join(directory, program)));
}
