/** pnpm and Python with uv for skills that need them, on the data volume so that they last. */
import type { Contribution, Feature, PlannedInitContainer } from '../compose/contribution.ts';
import { programContainer } from '../compose/program-container.ts';
import { programFiles } from '../compose/program-files.ts';
import { HOME_MOUNTS } from '../kube/home-mounts.ts';
import { HOME_PATH, LOCAL_BIN_PATH } from '../kube/paths.ts';
import type { EnvVar } from '../kube/types.ts';
import { PLAN_SCHEMA, type InstallToolsPlan } from '../lib/pod-plan.ts';
import type { Resolved } from '../resolve/resolved.ts';

const PROGRAM_FILE = 'install-tools.mjs';
const PLAN_FILE = 'install-tools.json';
const PLAN_VOLUME = 'runtime-deps-plan';
const TMP_VOLUME = 'runtime-deps-tmp';
const TMP_DIRECTORY = 'private';
const UV_VOLUME = 'uv';
const UV_PATH = '/uv';

/** The newest line that corepack can bring: pnpm 12 fetches a program of its own, which nothing verifies. */
const PNPM = {
  version: '11.28.11',
  digest:
    'sha512.740184d10f81f5d5b165be88560ee7ba62406c4134896abc27a580109eec2f47c1e41d91251c944c2cababcb1c22461799ebb72de2ec625af2030b0e36c735a3',
};
/** uv knows the digest of each Python that it fetches; this one knows 3.12.14. From 0.10 on there are no images on bookworm. */
const UV_IMAGE = 'ghcr.io/astral-sh/uv:0.12.5-trixie-slim';
const PYTHON_VERSION = '3.12.14';

/** For the installer and for the agent alike: what is installed is what runs, without questions. */
const COREPACK_ENV: readonly EnvVar[] = [
  { name: 'COREPACK_HOME', value: `${HOME_PATH}/.local/share/corepack` },
  { name: 'COREPACK_ENABLE_DOWNLOAD_PROMPT', value: '0' },
  { name: 'COREPACK_ENABLE_AUTO_PIN', value: '0' },
  { name: 'COREPACK_DEFAULT_TO_LATEST', value: '0' },
];

/** uv's own image is there for one file, which our program takes on from there. */
function uvContainer(): PlannedInitContainer {
  return {
    phase: 'install',
    origin: 'own',
    container: {
      name: 'copy-uv',
      image: UV_IMAGE,
      imagePullPolicy: 'IfNotPresent',
      command: ['cp', '/usr/local/bin/uv', `${UV_PATH}/uv`],
      resources: {
        requests: { cpu: '10m', 'ephemeral-storage': '16Mi', memory: '16Mi' },
        limits: { cpu: '500m', 'ephemeral-storage': '128Mi', memory: '64Mi' },
      },
      volumeMounts: [{ name: UV_VOLUME, mountPath: UV_PATH }],
    },
  };
}

function contribute(resolved: Resolved): Contribution | null {
  const { pnpm, python } = resolved.runtimeDeps;
  if (!pnpm && !python) return null;
  const { name, environment, installation } = resolved;
  const plan: InstallToolsPlan = {
    schema: PLAN_SCHEMA,
    onFailure: installation.onFailure,
    binDirectory: LOCAL_BIN_PATH,
    pnpm: pnpm ? PNPM : null,
    python: python ? { version: PYTHON_VERSION, uv: `${UV_PATH}/uv`, directory: `${HOME_PATH}/.local/share/uv/python` } : null,
  };
  const corepackEnv = pnpm ? COREPACK_ENV : [];
  const env = [{ name: 'HOME', value: HOME_PATH }, { name: 'XDG_CACHE_HOME', value: `${HOME_PATH}/.cache` }, ...corepackEnv];
  const ours = new Set(env.map((entry) => entry.name));
  const planned = programContainer(resolved, {
    name: 'install-tools',
    program: PROGRAM_FILE,
    plan: PLAN_FILE,
    planVolume: PLAN_VOLUME,
    cpuLimit: '1',
    memoryLimit: '512Mi',
    diskLimit: '1Gi',
    tlsClient: true,
    // For proxies and mirrors. Without envFrom: nothing here needs a credential.
    env: [...environment.env.filter((entry) => !ours.has(entry.name)), ...env],
    mounts: [
      ...HOME_MOUNTS,
      { name: TMP_VOLUME, mountPath: '/tmp', subPath: TMP_DIRECTORY },
      ...(python ? [{ name: UV_VOLUME, mountPath: UV_PATH, readOnly: true }] : []),
    ],
  });
  const files = programFiles(name, { program: PROGRAM_FILE, planFile: PLAN_FILE, planVolume: PLAN_VOLUME, plan, takesEffect: 'restart' });
  return {
    configMaps: files.configMaps,
    volumes: [
      files.planVolume,
      { name: TMP_VOLUME, emptyDir: { sizeLimit: '1Gi' } },
      ...(python ? [{ name: UV_VOLUME, emptyDir: { sizeLimit: '128Mi' } }] : []),
    ],
    directories: [{ volume: TMP_VOLUME, path: TMP_DIRECTORY, mode: '0700' }],
    initContainers: [...(python ? [uvContainer()] : []), { phase: 'install', ...planned }],
    main: { env: corepackEnv, path: [LOCAL_BIN_PATH] },
  };
}

export const runtimeDeps: Feature = {
  id: 'runtime-deps',
  summary: 'pnpm and Python with uv on the data volume, and their commands on the PATH',
  reads: ['runtimeDeps', 'image', 'env'],
  contribute,
};
