/** What the agent's container has mounted, for mounts that users add to it. */
import {
  CA_BUNDLE_PATH,
  CONFIG_PATH,
  HOME_DIRECTORIES,
  HOME_PATH,
  PLANS_PATH,
  PROGRAMS_PATH,
  SERVICE_ACCOUNT_PATH,
  STATE_PATH,
  TAILSCALE_BIN_PATH,
  TAILSCALE_SOCKET_PATH,
} from '../kube/paths.ts';
import type { Resolved } from '../resolve/resolved.ts';

/** Mounts of ours: nothing else can be mounted there. */
export function agentMounts(resolved: Pick<Resolved, 'selfConfigure'>): string[] {
  return [
    STATE_PATH,
    ...HOME_DIRECTORIES.map((directory) => `${HOME_PATH}/${directory}`),
    '/tmp',
    CA_BUNDLE_PATH,
    ...readOnlyMounts(resolved),
  ];
}

/** Mounts of ours that are read-only: the container cannot start when something is to be mounted below. */
export function readOnlyMounts({ selfConfigure }: Pick<Resolved, 'selfConfigure'>): string[] {
  return [
    CONFIG_PATH,
    PLANS_PATH,
    PROGRAMS_PATH,
    TAILSCALE_BIN_PATH,
    TAILSCALE_SOCKET_PATH,
    // Free otherwise: a token that the user projects belongs here.
    ...(selfConfigure === null ? [] : [SERVICE_ACCOUNT_PATH]),
  ];
}

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
