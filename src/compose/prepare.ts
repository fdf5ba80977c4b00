/** The init container that makes directories, links, files and the seeded configuration true before anything else starts. */
import { podPrograms } from '../generated/pod-programs.ts';
import { configMapName, programsConfigMapName } from '../kube/names.ts';
import { DATA_ROOT, HOME_DIRECTORIES, PLANS_PATH, PROGRAMS_PATH, STATE_DIRECTORY } from '../kube/paths.ts';
import { invariant } from '../lib/invariant.ts';
import { prettyJson, type Json } from '../lib/json.ts';
import { PLAN_SCHEMA, type PreparePlan } from '../lib/pod-plan.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import { LISTEN_VOLUME } from './gateway-proxy.ts';
import type { Merged } from './plan.ts';

const PROGRAM_FILE = 'prepare.mjs';
const PLAN_FILE = 'prepare.json';
export const PLAN_VOLUME = 'prepare-plan';
export const PROGRAMS_VOLUME = 'programs';

/** Where prepare sees the root of a volume. */
function mountPath(volume: string): string {
  return volume === 'data' ? DATA_ROOT : `/volumes/${volume}`;
}

function at(volume: string, path: string): string {
  return path === '' ? mountPath(volume) : `${mountPath(volume)}/${path}`;
}

function preparePlan(merged: Merged): PreparePlan {
  const { seedsConfig } = merged;
  const listeners = merged.proxyListeners.map(({ item }) => item.port);
  return {
    schema: PLAN_SCHEMA,
    state: { volume: DATA_ROOT, directory: STATE_DIRECTORY, keepAtRoot: [...HOME_DIRECTORIES, 'lost+found'] },
    directories: merged.directories.map(({ item }) => ({ path: at(item.volume, item.path), mode: item.mode })),
    links: merged.links.map(({ item }) => ({ path: at(item.volume, item.path), target: item.target })),
    files: merged.files.map(({ item }) => ({ source: at(item.from.volume, item.from.path), target: at(item.to.volume, item.to.path) })),
    replaceSets: [],
    listen: listeners.length === 0 ? null : { directory: mountPath(LISTEN_VOLUME), ports: listeners },
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
function volumesOf(merged: Merged): { written: string[]; read: string[] } {
  const written = [
    'data',
    ...merged.directories.map(({ item }) => item.volume),
    ...merged.links.map(({ item }) => item.volume),
    ...merged.files.map(({ item }) => item.to.volume),
  ];
  const read = [...merged.files.map(({ item }) => item.from.volume), ...(merged.seedsConfig === null ? [] : [merged.seedsConfig.from.volume])];
  const unique = [...new Set(written)];
  return { written: unique, read: [...new Set(read)].filter((volume) => !unique.includes(volume)) };
}

export function prepare(resolved: Resolved, merged: Merged): Contribution {
  const { written, read } = volumesOf(merged);
  const known = new Set(merged.volumes.map(({ item }) => item.name));
  for (const volume of [...written, ...read]) invariant(known.has(volume), `prepare uses the volume ${volume}, which nobody plans`);
  const programs = programsConfigMapName(resolved.name);
  return {
    configMaps: [
      { name: configMapName(resolved.name), entries: new Map([[PLAN_FILE, { text: prettyJson(preparePlan(merged) as unknown as Json), takesEffect: 'restart' }]]) },
      { name: programs, entries: new Map([[PROGRAM_FILE, { text: podPrograms[PROGRAM_FILE], takesEffect: 'next-start' }]]) },
    ],
    volumes: [
      { name: PROGRAMS_VOLUME, configMap: { name: programs, defaultMode: 0o444 } },
      {
        name: PLAN_VOLUME,
        configMap: { name: configMapName(resolved.name), defaultMode: 0o440, items: [{ key: PLAN_FILE, path: PLAN_FILE }] },
      },
    ],
    initContainers: [
      {
        phase: 'prepare',
        origin: 'own',
        container: {
          name: 'prepare',
          image: resolved.image.reference,
          imagePullPolicy: resolved.image.pullPolicy,
          command: ['node', `${PROGRAMS_PATH}/${PROGRAM_FILE}`, `${PLANS_PATH}/${PLAN_FILE}`],
          resources: {
            requests: { cpu: '10m', 'ephemeral-storage': '16Mi', memory: '64Mi' },
            limits: { cpu: '1', 'ephemeral-storage': '64Mi', memory: '256Mi' },
          },
          volumeMounts: [
            { name: PROGRAMS_VOLUME, mountPath: PROGRAMS_PATH, readOnly: true },
            { name: PLAN_VOLUME, mountPath: PLANS_PATH, readOnly: true },
            ...written.map((volume) => ({ name: volume, mountPath: mountPath(volume) })),
            ...read.map((volume) => ({ name: volume, mountPath: mountPath(volume), readOnly: true })),
          ],
        },
      },
    ],
  };
}
