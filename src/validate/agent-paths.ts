/** What the agent's container has mounted, for mounts that users add to it. */
import {
  CA_BUNDLE_PATH,
  CONFIG_PATH,
  HOME_DIRECTORIES,
  HOME_PATH,
  PLANS_PATH,
  PROGRAMS_PATH,
  STATE_PATH,
  TAILSCALE_BIN_PATH,
  TAILSCALE_SOCKET_PATH,
} from '../kube/paths.ts';

/** Mounts of ours: nothing else can be mounted there. */
export const AGENT_MOUNTS: readonly string[] = [
  STATE_PATH,
  ...HOME_DIRECTORIES.map((directory) => `${HOME_PATH}/${directory}`),
  '/tmp',
  CONFIG_PATH,
  PLANS_PATH,
  PROGRAMS_PATH,
  CA_BUNDLE_PATH,
  TAILSCALE_BIN_PATH,
  TAILSCALE_SOCKET_PATH,
];

/** Mounts of ours that are read-only: the container cannot start when something is to be mounted below. */
export const READ_ONLY_MOUNTS: readonly string[] = [CONFIG_PATH, PLANS_PATH, PROGRAMS_PATH, TAILSCALE_BIN_PATH, TAILSCALE_SOCKET_PATH];

/** Directories of the image that OpenClaw itself and its Node run from. */
export const PROGRAM_DIRECTORIES: readonly string[] = [
  '/',
  '/app',
  '/bin',
  '/lib',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/local',
  '/usr/local/bin',
];
