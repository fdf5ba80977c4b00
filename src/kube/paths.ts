/** Paths inside the pod. The state path is the operator's: OpenClaw stores absolute paths, and cron jobs vanish when it moves. */
export const HOME_PATH = '/home/openclaw';
export const STATE_PATH = '/home/openclaw/.openclaw';
/** Directories beside the state that tools write to; each is a directory of the same base name at the root of the data volume. */
export const HOME_DIRECTORIES = ['.cache', '.config', '.local'] as const;
/** Read-only directory of the configuration, where it is mounted and not seeded. */
export const CONFIG_PATH = '/etc/openclaw';
export const CONFIG_FILE = 'openclaw.json';
/** The pod programs and, apart from them, their plans. */
export const PROGRAMS_PATH = '/opt/openclaw-gitops';
export const PLANS_PATH = '/etc/openclaw-gitops';
/** Where clients in a pod look for the token of its ServiceAccount. */
export const SERVICE_ACCOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
export const CA_BUNDLE_PATH = '/etc/ssl/certs/custom-ca-bundle.crt';
/** Directory of the Tailscale daemon's socket, where its programs look for it. */
export const TAILSCALE_SOCKET_PATH = '/var/run/tailscale';
/** Directory of the Tailscale command in the agent's container. */
export const TAILSCALE_BIN_PATH = '/tailscale-bin';
/** Commands that are installed on the data volume. */
export const LOCAL_BIN_PATH = '/home/openclaw/.local/bin';
/** OpenClaw's command line in its image. */
export const OPENCLAW_COMMAND: readonly string[] = ['node', '/app/openclaw.mjs'];
/** The data volume's root, seen only by the prepare program and the installer. */
export const DATA_ROOT = '/data';
/** The state directory's name on the volume; not `state`, which the operator's layout already has at the root. */
export const STATE_DIRECTORY = 'openclaw';
/** The tailnet identity's directory at the root of the data volume, which the agent does not see; never taken for state to adopt. */
export const TAILSCALE_STATE_DIRECTORY = '.openclaw-gitops-tailscale';

/** The directory of a workspace below the state directory: the default one's, or that of an additional workspace. */
export function workspaceDirectory(workspace: string | null): string {
  return workspace === null ? 'workspace' : `workspace-${workspace}`;
}

/** The file at the root of the data volume that remembers which files came from packs; the operator's, so that its packs are followed on. */
export function packRecord(workspace: string | null): string {
  return workspace === null ? '.skillpack-manifest' : `.skillpack-manifest-ws-${workspace}`;
}
