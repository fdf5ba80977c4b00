import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { pluginFollowed } from '../checks/plugin-followed.ts';
import { pluginLoaded } from '../checks/plugin-loaded.ts';
import { startsInOutage } from '../checks/starts-in-outage.ts';
import { instance } from '../instance.ts';
import { integrity, npmTarball } from '../package-registry/archives.ts';
import { NPM_PACKAGES } from '../package-registry/packages.ts';
import { REGISTRY_ENV, registry } from '../package-registry/registry.ts';

const GREETER = 'npm:@example/openclaw-greeter';
const release = NPM_PACKAGES.find(({ version }) => version === '1.0.0');

/** Plugins of npm, locked, and of ClawHub, installed from stand-ins of both by OpenClaw's own program. */
export const pluginsCase: AgentCase = {
  name: 'plugins',
  instance: (version) => instance(version, { env: REGISTRY_ENV, plugins: [GREETER, 'herald@3.0.0'] }),
  instanceWithLess: (version) => instance(version, { env: REGISTRY_ENV, plugins: ['herald@3.0.0'] }),
  files: {
    // The id is not what the name says: only the lock has it.
    'openclaw.lock.yaml': JSON.stringify({
      apiVersion: 'gitops.openclaw.rocks/v1alpha1',
      kind: 'OpenClawLock',
      metadata: { name: 'lock' },
      plugins: { [GREETER]: { version: '1.0.0', integrity: integrity('sha512', npmTarball(release?.files ?? {})), id: 'greeter' } },
    }),
  },
  besideContainers: [registry],
  leftOut: ['otel-collector'],
  checks: [...ON_START, pluginLoaded, startsInOutage, ...ON_END, pluginFollowed],
};
