/**
 * Names and paths in the pod that users cannot have: ours, and those of the operator that features to come take over, so that
 * an instance which is accepted today is not refused when one of them arrives.
 */

/** Containers and init containers; a pod's names are one set. */
export const RESERVED_CONTAINERS: ReadonlySet<string> = new Set([
  'backup-before-update',
  'chromium',
  'copy-uv',
  'fill-secrets',
  'gateway-proxy',
  'init-config',
  'init-ollama',
  'init-pip',
  'init-plugin-runtime-deps',
  'init-plugins',
  'init-pnpm',
  'init-python',
  'init-skills',
  'init-tailscale-bin',
  'init-uv',
  'install-skills',
  'install-tools',
  'ollama',
  'openclaw',
  'otel-collector',
  'prepare',
  'pull-models',
  'restore',
  'tailscale',
  'web-terminal',
]);

export const RESERVED_VOLUMES: ReadonlySet<string> = new Set([
  'api-access',
  'ca-bundle',
  'chromium-data',
  'chromium-shm',
  'chromium-tmp',
  'config',
  'data',
  'gateway-proxy-config',
  'gateway-proxy-listen',
  'gateway-proxy-tmp',
  'init-tmp',
  'ollama-models',
  'ollama-tmp',
  'otel-collector-config',
  'plugins-tmp',
  'pnpm-tmp',
  'prepare-plan',
  'programs',
  'pull-models-plan',
  'python-tmp',
  'runtime-deps-plan',
  'runtime-deps-tmp',
  'skill-packs',
  'skills-plan',
  'skills-tmp',
  'tailscale-auth',
  'tailscale-bin',
  'tailscale-serve',
  'tailscale-socket',
  'tailscale-tmp',
  'tmp',
  'uv',
  'web-terminal-tmp',
  'workspace-init',
]);

/** Volumes that every pod of ours has, which a user's container may mount too. */
export const SHARED_VOLUMES: ReadonlySet<string> = new Set(['config', 'data', 'programs', 'prepare-plan', 'tmp', 'workspace-init']);
