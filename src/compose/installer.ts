/** The init container that installs skills, npm packages and plugins with OpenClaw's own command line, on the agent's directories. */
import { HOME_MOUNTS } from '../kube/home-mounts.ts';
import { CONFIG_FILE, CONFIG_PATH, DATA_ROOT, HOME_PATH, OPENCLAW_COMMAND, STATE_DIRECTORY, STATE_PATH } from '../kube/paths.ts';
import type { EnvVar } from '../kube/types.ts';
import { PLAN_SCHEMA, type InstallSkillsPlan } from '../lib/pod-plan.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import { CONFIG_VOLUME } from './openclaw-config.ts';
import { itemsOf, type Part } from './parts.ts';
import { programContainer } from './program-container.ts';
import { programFiles } from './program-files.ts';

const PROGRAM_FILE = 'install-skills.mjs';
const PLAN_FILE = 'install-skills.json';
const PLAN_VOLUME = 'skills-plan';
const TMP_VOLUME = 'skills-tmp';
const TMP_DIRECTORY = 'private';

/** Behind the user's, so that nobody lets packages run scripts by an environment variable. */
const ENV: readonly EnvVar[] = [
  { name: 'HOME', value: HOME_PATH },
  { name: 'OPENCLAW_NO_AUTO_UPDATE', value: '1' },
  { name: 'XDG_CACHE_HOME', value: `${HOME_PATH}/.cache` },
  { name: 'NPM_CONFIG_CACHE', value: `${HOME_PATH}/.cache/npm` },
  { name: 'NPM_CONFIG_PREFIX', value: `${HOME_PATH}/.local` },
  { name: 'NPM_CONFIG_IGNORE_SCRIPTS', value: 'true' },
];

type Installs = Pick<InstallSkillsPlan, 'skills' | 'packages' | 'plugins'>;

function installsOf(parts: readonly Part[]): Installs {
  return {
    skills: itemsOf(parts, (part) => part.skillsToInstall),
    packages: itemsOf(parts, (part) => part.packagesToInstall),
    plugins: itemsOf(parts, (part) => part.pluginsToInstall),
  };
}

/** Keys of what is installed by the plan, so that prepare removes what has left it. */
export function installedKeys(parts: readonly Part[]): string[] {
  const { skills, packages, plugins } = installsOf(parts);
  return [...skills, ...packages, ...plugins].map(({ key }) => key);
}

export function installer(resolved: Resolved, parts: readonly Part[]): Contribution | null {
  const installs = installsOf(parts);
  if (Object.values(installs).every((items) => items.length === 0)) return null;
  const { name, environment, installation, openclaw, config } = resolved;
  const isMounted = config.delivery === 'mounted';
  const plan: InstallSkillsPlan = {
    schema: PLAN_SCHEMA,
    volume: DATA_ROOT,
    onFailure: installation.onFailure,
    openclaw: OPENCLAW_COMMAND,
    config: installation.config,
    stateDirectory: STATE_PATH,
    agentConfig: `${isMounted ? CONFIG_PATH : STATE_PATH}/${CONFIG_FILE}`,
    ...installs,
    pluginOptions: ['--force', ...(openclaw.profile.asksForCapabilities ? ['--accept-capabilities'] : [])],
  };
  const ours = new Set(ENV.map((entry) => entry.name));
  const planned = programContainer(resolved, {
    name: 'install-skills',
    program: PROGRAM_FILE,
    plan: PLAN_FILE,
    planVolume: PLAN_VOLUME,
    cpuLimit: '2',
    memoryLimit: '1536Mi',
    diskLimit: '2Gi',
    tlsClient: true,
    env: [...environment.env.filter((entry) => !ours.has(entry.name)), ...ENV],
    mounts: [
      { name: 'data', mountPath: DATA_ROOT },
      { name: 'data', mountPath: STATE_PATH, subPath: STATE_DIRECTORY },
      ...HOME_MOUNTS,
      { name: TMP_VOLUME, mountPath: '/tmp', subPath: TMP_DIRECTORY },
      ...(isMounted ? [{ name: CONFIG_VOLUME, mountPath: CONFIG_PATH, readOnly: true }] : []),
    ],
  });
  const { envFrom } = environment;
  const files = programFiles(name, { program: PROGRAM_FILE, planFile: PLAN_FILE, planVolume: PLAN_VOLUME, plan, takesEffect: 'restart' });
  return {
    configMaps: files.configMaps,
    volumes: [files.planVolume, { name: TMP_VOLUME, emptyDir: { sizeLimit: '2Gi' } }],
    // OpenClaw installs nothing through a temporary directory that others may write to.
    directories: [{ volume: TMP_VOLUME, path: TMP_DIRECTORY, mode: '0700' }],
    initContainers: [
      { phase: 'install', ...planned, container: { ...planned.container, ...(envFrom.length === 0 ? {} : { envFrom: [...envFrom] }) } },
    ],
  };
}
