/** One package of npm, installed for its commands: fetched, compared with the lock, then installed without running any script of it. */
import { lstat, mkdir, readFile, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { byCodeUnits } from '../../lib/code-unit-order.ts';
import type { PlannedPackage } from '../../lib/pod-plan.ts';
import { Failure } from '../failure.ts';
import { quote } from '../log.ts';
import { askedFor, type Context } from './context.ts';
import { npm } from './npm.ts';

/** The volume's directory that npm's prefix is in main and here. */
const PREFIX = '.local';

export async function installPackage(context: Context, wanted: PlannedPackage): Promise<void> {
  const { plan, log, installed, save } = context;
  const directory = join(PREFIX, 'lib/node_modules', wanted.package);
  const version = await versionOf(join(plan.volume, directory));
  if (version !== null && installed.get(wanted.key)?.asked === askedFor(wanted)) return;
  const what = `the npm package ${quote(wanted.name)}`;
  const { file, version: packed } = await pack(context, wanted);
  await npm(context, what, ['install', '--global', '--ignore-scripts', '--no-audit', '--no-fund', file]);
  if ((await versionOf(join(plan.volume, directory))) !== packed)
    throw new Failure(`npm installed ${quote(wanted.name)}, and it is not there`);
  const links = await linksInto(join(plan.volume, PREFIX, 'bin'), `../lib/node_modules/${wanted.package}/`);
  installed.set(wanted.key, {
    key: wanted.key,
    kind: 'package',
    asked: askedFor(wanted),
    paths: [directory, ...links.map((name) => join(PREFIX, 'bin', name))],
  });
  await save();
  log.did(
    `installed the npm package ${quote(wanted.name)}, version ${packed}, with ${links.length === 0 ? 'no command' : links.map(quote).join(', ')}`,
  );
}

interface Packed {
  readonly file: string;
  readonly version: string;
}

/** Fetches the tarball and looks at its digest before anything of it is unpacked. */
async function pack(context: Context, { name, package: packageName, version, integrity }: PlannedPackage): Promise<Packed> {
  const to = join(context.scratch, 'packages');
  await mkdir(to, { recursive: true });
  const specifier = `${packageName}@${version ?? 'latest'}`;
  const stdout = await npm(context, `the npm package ${quote(name)}`, [
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    to,
    specifier,
  ]);
  const [packed] = packedOf(stdout);
  if (packed === undefined) throw new Failure(`npm fetched ${quote(name)} without saying what it is`);
  if (integrity !== null && packed.integrity !== integrity)
    throw new Failure(
      `npm has ${quote(name)} as version ${packed.version}, ${packed.integrity}, expected ${integrity}`,
      'if the change is wanted, run "openclaw-gitops lock"',
    );
  return { file: join(to, packed.filename), version: packed.version };
}

interface PackReport {
  readonly filename: string;
  readonly version: string;
  readonly integrity: string;
}

/** npm 11 prints an array, newer ones an object by name. */
function packedOf(text: string): PackReport[] {
  try {
    const parsed = JSON.parse(text) as PackReport[] | Record<string, PackReport>;
    return Array.isArray(parsed) ? parsed : Object.values(parsed);
  } catch {
    return [];
  }
}

async function versionOf(directory: string): Promise<string | null> {
  try {
    return (JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return null;
  }
}

async function linksInto(bin: string, prefix: string): Promise<string[]> {
  const names = await readdir(bin).catch(() => []);
  const found: string[] = [];
  for (const name of names) {
    const path = join(bin, name);
    if ((await lstat(path)).isSymbolicLink() && (await readlink(path)).startsWith(prefix)) found.push(name);
  }
  return found.toSorted(byCodeUnits);
}
