/** The init container that makes directories, links, files and the seeded configuration true before anything else starts. */
import { programsConfigMapName } from '../kube/names.ts';
import { DATA_ROOT, HOME_DIRECTORIES, STATE_DIRECTORY } from '../kube/paths.ts';
import { invariant } from '../lib/invariant.ts';
import { PLAN_SCHEMA, type PreparePlan } from '../lib/pod-plan.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution, DirectorySlot, FileSlot, LinkSlot, ProxyListener, ReplaceSetSlot, SeededConfig } from './contribution.ts';
import { installedKeys } from './installer.ts';
import { LISTEN_VOLUME } from './gateway-proxy.ts';
import { itemsOf, type Part } from './parts.ts';
import { programContainer, PROGRAMS_VOLUME } from './program-container.ts';
import { programFiles } from './program-files.ts';

const PROGRAM_FILE = 'prepare.mjs';
const PLAN_FILE = 'prepare.json';
const PLAN_VOLUME = 'prepare-plan';

/** Where prepare sees the root of a volume. */
function mountPath(volume: string): string {
  return volume === 'data' ? DATA_ROOT : `/volumes/${volume}`;
}

function at(volume: string, path: string): string {
  return path === '' ? mountPath(volume) : `${mountPath(volume)}/${path}`;
}

interface Slots {
  readonly directories: readonly DirectorySlot[];
  readonly links: readonly LinkSlot[];
  readonly files: readonly FileSlot[];
  readonly replaceSets: readonly ReplaceSetSlot[];
  readonly installedKeys: readonly string[];
  readonly listeners: readonly ProxyListener[];
  readonly seedsConfig: SeededConfig | null;
}

function withoutYielding(files: readonly FileSlot[]): readonly FileSlot[] {
  const owned = new Set(files.filter(({ yields }) => yields !== true).map(({ to }) => at(to.volume, to.path)));
  return files.filter(({ yields, to }) => yields !== true || !owned.has(at(to.volume, to.path)));
}

function slotsOf(parts: readonly Part[]): Slots {
  const seeds = itemsOf(parts, (part) => (part.seedsConfig === undefined ? undefined : [part.seedsConfig]));
  invariant(seeds.length <= 1, 'the configuration is seeded twice');
  const files = withoutYielding(itemsOf(parts, (part) => part.files));
  const seeded = new Set(files.map(({ to }) => at(to.volume, to.path)));
  const replaceSets = itemsOf(parts, (part) => part.replaceSets).map((set) => ({
    ...set,
    files: set.files.filter(({ path }) => !seeded.has(`${at(set.root.volume, set.root.path)}/${path}`)),
  }));
  const records = replaceSets.map(({ record }) => at(record.volume, record.path));
  invariant(new Set(records).size === records.length, 'two replace sets have one record');
  return {
    directories: itemsOf(parts, (part) => part.directories),
    links: itemsOf(parts, (part) => part.links),
    files,
    replaceSets,
    installedKeys: installedKeys(parts),
    listeners: itemsOf(parts, (part) => part.proxyListeners),
    seedsConfig: seeds[0] ?? null,
  };
}

function flag(executable: boolean | undefined): { readonly executable?: true } {
  return executable === true ? { executable } : {};
}

function preparePlan({ directories, links, files, replaceSets, installedKeys: installed, listeners, seedsConfig }: Slots): PreparePlan {
  return {
    schema: PLAN_SCHEMA,
    state: { volume: DATA_ROOT, directory: STATE_DIRECTORY, keepAtRoot: [...HOME_DIRECTORIES, 'lost+found'] },
    directories: directories.map(({ volume, path, mode }) => ({ path: at(volume, path), mode })),
    links: links.map(({ volume, path, target }) => ({ path: at(volume, path), target })),
    files: files.map(({ from, to, executable }) => ({
      source: at(from.volume, from.path),
      target: at(to.volume, to.path),
      ...flag(executable),
    })),
    replaceSets: replaceSets.map((set) => ({
      root: at(set.root.volume, set.root.path),
      record: at(set.record.volume, set.record.path),
      files: set.files.map(({ from, path, executable }) => ({ source: at(from.volume, from.path), path, ...flag(executable) })),
    })),
    ...(installed.length === 0 ? {} : { installed }),
    listen: listeners.length === 0 ? null : { directory: mountPath(LISTEN_VOLUME), ports: listeners.map(({ port }) => port) },
    config:
      seedsConfig === null
        ? null
        : {
            source: at(seedsConfig.from.volume, seedsConfig.from.path),
            target: at(seedsConfig.to.volume, seedsConfig.to.path),
            mode: seedsConfig.mode,
            forcePaths: seedsConfig.forcePaths,
          },
  };
}

/** Volumes that prepare writes to, and those it only reads from, each once and in order of first use. */
function volumesOf({ directories, links, files, replaceSets, seedsConfig }: Slots): { written: string[]; read: string[] } {
  const written = [
    'data',
    ...directories.map(({ volume }) => volume),
    ...links.map(({ volume }) => volume),
    ...files.map(({ to }) => to.volume),
    ...replaceSets.flatMap(({ root, record }) => [root.volume, record.volume]),
  ];
  const sources = [...files, ...replaceSets.flatMap((set) => set.files)];
  const read = [...sources.map(({ from }) => from.volume), ...(seedsConfig === null ? [] : [seedsConfig.from.volume])];
  const unique = [...new Set(written)];
  return { written: unique, read: [...new Set(read)].filter((volume) => !unique.includes(volume)) };
}

export function prepare(resolved: Resolved, parts: readonly Part[]): Contribution {
  const slots = slotsOf(parts);
  const { written, read } = volumesOf(slots);
  const known = new Set(
    [...itemsOf(parts, (part) => part.volumes), ...itemsOf(parts, (part) => part.claimTemplates)].map(({ name }) => name),
  );
  for (const volume of [...written, ...read]) invariant(known.has(volume), `prepare uses the volume ${volume}, which nobody plans`);
  const plan = preparePlan(slots);
  const files = programFiles(resolved.name, {
    program: PROGRAM_FILE,
    planFile: PLAN_FILE,
    planVolume: PLAN_VOLUME,
    plan,
    takesEffect: 'restart',
  });
  return {
    configMaps: files.configMaps,
    volumes: [{ name: PROGRAMS_VOLUME, configMap: { name: programsConfigMapName(resolved.name), defaultMode: 0o444 } }, files.planVolume],
    initContainers: [
      {
        phase: 'prepare',
        ...programContainer(resolved, {
          name: 'prepare',
          program: PROGRAM_FILE,
          plan: PLAN_FILE,
          planVolume: PLAN_VOLUME,
          cpuLimit: '1',
          mounts: [
            ...written.map((volume) => ({ name: volume, mountPath: mountPath(volume) })),
            ...read.map((volume) => ({ name: volume, mountPath: mountPath(volume), readOnly: true })),
          ],
        }),
      },
    ],
  };
}
