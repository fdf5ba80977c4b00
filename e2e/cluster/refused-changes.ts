/** Changes that the cluster would refuse or that would break the agent: the renderer refuses them before. */
import type { RefusedChange } from './spec-change.ts';

const SCALED = { availability: { autoScaling: { enabled: true } } };
const TAILSCALE = { enabled: true, authKeySecretRef: { name: 'tailnet' }, authSSO: true };

export const REFUSED_CHANGES: readonly RefusedChange[] = [
  { name: 'root', after: { security: { podSecurityContext: { runAsUser: 0 } } }, rule: 'root-user' },
  { name: 'suspended while scaled', before: SCALED, after: { ...SCALED, suspended: true }, rule: 'autoscaling-suspended' },
  {
    name: 'a browser profile for several replicas',
    before: { ...SCALED, chromium: { enabled: true } },
    after: { ...SCALED, chromium: { enabled: true, persistence: { enabled: true } } },
    rule: 'autoscaling-shared-claim',
  },
  {
    name: 'a Funnel that logs in by the tailnet',
    before: { tailscale: TAILSCALE },
    after: { tailscale: { ...TAILSCALE, mode: 'funnel' } },
    rule: 'tailscale-sso-funnel',
  },
  { name: 'no ServiceAccount', after: { security: { rbac: { createServiceAccount: false } } }, rule: 'service-account-missing' },
  { name: 'configuration from nowhere', after: { config: { configMapRef: { name: 'missing' } } }, rule: 'config-map-not-found' },
  {
    name: 'a claim for one pod and for many',
    after: { storage: { persistence: { accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] } } },
    rule: 'access-modes',
  },
];
