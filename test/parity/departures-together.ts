/** Departures of inputs in which several features meet. */
import type { Departure } from './explain.ts';
import { absent } from './shape.ts';

const POD = 'spec.template.spec';
const NON_ROOT_OFF = { kind: 'StatefulSet', name: 'run-as-non-root-off' } as const;
const FILLED = {
  allowPrivilegeEscalation: false,
  capabilities: { add: [], drop: ['ALL'] },
  runAsNonRoot: false,
  seccompProfile: { type: 'RuntimeDefault' },
};

export const DEPARTURES_TOGETHER: readonly Departure[] = [
  {
    kind: 'StatefulSet',
    name: '<name>',
    path: `${POD}.containers[name=openclaw].env[name=PATH].value`,
    operator: '/tailscale-bin:/home/openclaw/.openclaw/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ours: '/home/openclaw/.local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ids: ['POD-101', 'POD-176'],
    reason: 'Without a login by tailnet the agent needs no command of Tailscale; the other directory has another mount here.',
  },
  {
    kind: 'ConfigMap',
    name: 'run-as-non-root-off-config',
    path: 'data["openclaw.json"].plugins',
    operator: absent,
    ours: { entries: { 'diagnostics-otel': { enabled: true }, two: { enabled: true } } },
    ids: ['POD-202'],
    reason: 'An installed plugin that the configuration does not enable is not loaded.',
  },
  {
    ...NON_ROOT_OFF,
    path: `${POD}.containers[name=tailscale].env[name=SSL_CERT_FILE]`,
    operator: absent,
    ours: { name: 'SSL_CERT_FILE', value: '/etc/ssl/certs/custom-ca-bundle.crt' },
    ids: ['D16'],
    reason: 'Tailscale speaks TLS, so it needs the bundle too.',
  },
  ...['containers[name=side]', 'initContainers[name=first]'].map((container): Departure => ({
    ...NON_ROOT_OFF,
    path: `${POD}.${container}.securityContext`,
    operator: absent,
    ours: FILLED,
    ids: ['POD-184', 'POD-185'],
    reason: "A namespace that enforces Pod Security would refuse the pod for what a user's container leaves unset.",
  })),
];
