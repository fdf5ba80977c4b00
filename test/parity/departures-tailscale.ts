/** Departures of Tailscale: no API access, the key as a file, and the agent without the daemon's socket unless it signs users in by it. */
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const SET = { kind: 'StatefulSet', name: '<name>' } as const;
const POD = 'spec.template.spec';
const MAIN = `${POD}.containers[name=openclaw]`;
const SIDECAR = `${POD}.containers[name=tailscale]`;
const COPY = `${POD}.initContainers[name=init-tailscale-bin]`;

const ON_THE_VOLUME = 'The identity lies on the data volume: a Secret that the pod writes needs API access, which no agent of ours has.';
const ONLY_FOR_LOGINS =
  'With the socket the agent could publish anything to the internet, so it gets command and socket only for logins by tailnet identity.';
const CLAIMED =
  'From 2026.8.1 on the gateway claims the route of such logins itself, and exits when it cannot: the daemon has to be up first.';
const FOLLOWED = 'A directory and no subPath, so that the entry point follows a change without a restart.';
const KEY_AS_FILE =
  'The entry point hands the value on as an argument of a command, which any process of the container can read; a path is no secret.';

/** What the agent has in its container only for logins by tailnet identity. */
const login: readonly Departure[] = [
  {
    ...SET,
    path: `${MAIN}.env[name=TS_SOCKET]`,
    operator: { name: 'TS_SOCKET', value: '/var/run/tailscale/tailscaled.sock' },
    ours: absent,
    ids: ['POD-093'],
    reason: 'The command does not read it; the socket is where the command looks.',
  },
  {
    ...SET,
    path: `${MAIN}.env[name=PATH]`,
    operator: { name: 'PATH', value: '/tailscale-bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    ours: absent,
    ids: ['POD-101'],
    reason: ONLY_FOR_LOGINS,
  },
  ...['/var/run/tailscale', '/tailscale-bin'].map((path): Departure => ({
    ...SET,
    path: `${MAIN}.volumeMounts[mountPath=${path}]`,
    operator: anyValue,
    ours: absent,
    ids: ['POD-109'],
    reason: ONLY_FOR_LOGINS,
  })),
  {
    ...SET,
    path: COPY,
    operator: anyValue,
    ours: absent,
    ids: ['POD-147'],
    reason: ONLY_FOR_LOGINS,
  },
  {
    ...SET,
    path: `${POD}.volumes[name=tailscale-bin]`,
    operator: { emptyDir: {}, name: 'tailscale-bin' },
    ours: absent,
    ids: ['POD-146'],
    reason: ONLY_FOR_LOGINS,
  },
  {
    ...SET,
    path: `${COPY}.command`,
    operator: ['sh', '-c', 'cp /usr/local/bin/tailscale /tailscale-bin/tailscale'],
    ours: ['cp', '/usr/local/bin/tailscale', '/tailscale-bin/tailscale'],
    ids: ['POD-147'],
    reason: 'No manifest of ours contains a shell.',
  },
  {
    ...SET,
    path: `${COPY}.resources.*`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-218'],
    reason: 'Every container has requests and limits, which a quota may demand.',
  },
  {
    ...SET,
    path: `${COPY}.securityContext.capabilities.add`,
    operator: absent,
    ours: [],
    ids: ['POD-057'],
    reason: 'Printed empty, so that the engine takes back what somebody adds.',
  },
  {
    ...SET,
    path: `${COPY}.securityContext.privileged`,
    operator: absent,
    ours: false,
    ids: ['POD-057'],
    reason: 'Printed, so that the engine puts it back when somebody switches it on.',
  },
];

const managed: readonly Departure[] = [
  { ...SET, path: SIDECAR, operator: anyValue, ours: absent, ids: ['POD-142'], reason: CLAIMED },
  { ...SET, path: `${POD}.initContainers[name=tailscale]`, operator: absent, ours: anyValue, ids: ['POD-142'], reason: CLAIMED },
  {
    kind: 'ConfigMap',
    name: '<name>-config',
    path: 'data["openclaw.json"].gateway.tailscale',
    operator: absent,
    ours: { mode: 'serve' },
    ids: ['POD-233'],
    reason: 'From 2026.8.1 on a login by tailnet identity counts only on the route that the gateway claims itself.',
  },
  ...['TCP', 'Web'].map((key): Departure => ({
    kind: 'ConfigMap',
    name: '<name>-config',
    path: `data["tailscale-serve.json"].${key}`,
    operator: anyValue,
    ours: absent,
    ids: ['POD-148'],
    reason: 'Empty where the gateway claims the route itself: two routes for one port exclude each other.',
  })),
];

const sidecar: readonly Departure[] = [
  {
    ...SET,
    path: `${SIDECAR}.env[name=TS_STATE_DIR].value`,
    operator: '/tmp/tailscale',
    ours: '/var/lib/tailscale',
    ids: ['POD-142'],
    reason: ON_THE_VOLUME,
  },
  {
    ...SET,
    path: `${SIDECAR}.env[name=TS_KUBE_SECRET].value`,
    operator: '<name>-ts-state',
    ours: absent,
    ids: ['POD-145'],
    reason: ON_THE_VOLUME,
  },
  {
    ...SET,
    path: `${SIDECAR}.env[name=TS_AUTH_ONCE]`,
    operator: absent,
    ours: { name: 'TS_AUTH_ONCE', value: 'true' },
    ids: ['POD-142'],
    reason: 'A login at every start would need a valid key for ever.',
  },
  {
    ...SET,
    path: `${SIDECAR}.env[name=TS_AUTHKEY].valueFrom`,
    operator: anyValue,
    ours: absent,
    ids: ['POD-144'],
    reason: KEY_AS_FILE,
  },
  {
    ...SET,
    path: `${SIDECAR}.env[name=TS_AUTHKEY].value`,
    operator: absent,
    ours: 'file:/etc/tailscale/auth/authkey',
    ids: ['POD-144'],
    reason: KEY_AS_FILE,
  },
  {
    ...SET,
    path: `${SIDECAR}.volumeMounts[mountPath=/etc/tailscale/auth]`,
    operator: absent,
    ours: { mountPath: '/etc/tailscale/auth', name: 'tailscale-auth', readOnly: true },
    ids: ['POD-144'],
    reason: KEY_AS_FILE,
  },
  {
    ...SET,
    path: `${POD}.volumes[name=tailscale-auth]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-144'],
    reason: KEY_AS_FILE,
  },
  {
    ...SET,
    path: `${SIDECAR}.volumeMounts[mountPath=/var/lib/tailscale]`,
    operator: absent,
    ours: { mountPath: '/var/lib/tailscale', name: 'data', subPath: '.openclaw-gitops-tailscale' },
    ids: ['POD-145'],
    reason: ON_THE_VOLUME,
  },
  {
    ...SET,
    path: `${SIDECAR}.volumeMounts[mountPath=/tmp]`,
    operator: { mountPath: '/tmp', name: 'tailscale-tmp' },
    ours: absent,
    ids: ['POD-146'],
    reason: 'Nothing is written there once the state lies elsewhere.',
  },
  {
    ...SET,
    path: `${POD}.volumes[name=tailscale-tmp]`,
    operator: { emptyDir: {}, name: 'tailscale-tmp' },
    ours: absent,
    ids: ['POD-146'],
    reason: 'Nothing is written there once the state lies elsewhere.',
  },
  {
    ...SET,
    path: `${SIDECAR}.volumeMounts[mountPath=/etc/tailscale/serve/tailscale-serve.json]`,
    operator: anyValue,
    ours: absent,
    ids: ['POD-148'],
    reason: FOLLOWED,
  },
  {
    ...SET,
    path: `${SIDECAR}.volumeMounts[mountPath=/etc/tailscale/serve]`,
    operator: absent,
    ours: { mountPath: '/etc/tailscale/serve', name: 'tailscale-serve', readOnly: true },
    ids: ['POD-148'],
    reason: FOLLOWED,
  },
  {
    ...SET,
    path: `${POD}.volumes[name=tailscale-serve]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-148'],
    reason: FOLLOWED,
  },
  ...['socket', 'bin'].map((volume): Departure => ({
    ...SET,
    path: `${POD}.volumes[name=tailscale-${volume}].emptyDir.sizeLimit`,
    operator: absent,
    ours: /^[0-9]+Mi$/,
    ids: ['POD-146'],
    reason: "A directory without a limit can fill the node's disk.",
  })),
];

const STATE_SECRET = { kind: 'Secret', name: '<name>-ts-state' } as const;

const around: readonly Departure[] = [
  {
    ...STATE_SECRET,
    path: 'metadata.annotations',
    operator: absent,
    ours: anyValue,
    ids: ['ARD-116'],
    reason: 'Both engines leave the Secret alone when its instance disappears from Git by mistake.',
  },
  {
    ...STATE_SECRET,
    path: 'type',
    operator: absent,
    ours: 'Opaque',
    ids: ['ARD-116'],
    reason: 'Printed as the API server fills it in.',
  },
  {
    kind: 'NetworkPolicy',
    name: '<name>',
    path: 'spec.egress[2].ports[port=6443]',
    operator: { port: 6443, protocol: 'TCP' },
    ours: absent,
    ids: ['ARD-023'],
    reason: ON_THE_VOLUME,
  },
  ...[3478, 41641].map((port): Departure => ({
    kind: 'NetworkPolicy',
    name: '<name>',
    path: `spec.egress[2].ports[port=${port}]`,
    operator: absent,
    ours: { port, protocol: 'UDP' },
    ids: ['ARD-024'],
    reason: 'One rule less in front of it, since the API server stays closed.',
  })),
  // With self-configuration the rule of its own for the API server follows, and one of the two is not needed.
  ...[3478, 41641].map((port): Departure => ({
    kind: 'NetworkPolicy',
    name: '<name>',
    path: `spec.egress[3].ports[port=${port}]`,
    operator: { port, protocol: 'UDP' },
    ours: absent,
    ids: ['ARD-024'],
    reason: 'One rule less in front of it, since Tailscale needs no API server.',
  })),
  {
    kind: 'NetworkPolicy',
    name: '<name>',
    path: 'spec.egress[3].ports[port=6443]',
    operator: absent,
    ours: { port: 6443, protocol: 'TCP' },
    ids: ['ARD-023'],
    reason: 'The API server for self-configuration, which is asked for after Tailscale.',
  },
  {
    kind: 'Role',
    name: '<name>',
    path: 'rules[resources=secrets#2]',
    operator: anyValue,
    ours: absent,
    ids: ['POD-145'],
    reason: ON_THE_VOLUME,
  },
  {
    kind: 'NetworkPolicy',
    name: '<name>',
    path: 'spec.egress[3]',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-024'],
    reason: 'One rule less in front of it, since the API server stays closed.',
  },
  {
    kind: 'NetworkPolicy',
    name: '<name>',
    path: 'spec.egress[2].to',
    operator: absent,
    ours: anyValue,
    ids: ['ARD-024'],
    reason: 'Relays and other members are on public addresses; the neighbours of the pod stay closed to it.',
  },
  {
    kind: 'ConfigMap',
    name: '<name>-config',
    path: 'metadata.annotations',
    operator: absent,
    ours: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' },
    ids: ['POD-148'],
    reason: 'Flux would replace the place that the entry point of Tailscale fills.',
  },
];

const ADOPTED = "What the operator's Secret holds is taken over to the volume once, so that the agent stays the machine that it was.";

const adoption: readonly Departure[] = [
  {
    kind: 'ConfigMap',
    name: '<name>-config',
    path: 'data["adopt-tailnet-identity.json"]',
    operator: absent,
    ours: { schema: 1, secret: '/former-state', state: '/state/tailscaled.state' },
    ids: ['POD-145'],
    reason: ADOPTED,
  },
  ...[
    'initContainers[name=adopt-tailnet-identity]',
    'volumes[name=adopt-tailnet-identity-plan]',
    'volumes[name=tailscale-former-state]',
  ].map((path): Departure => ({
    ...SET,
    path: `${POD}.${path}`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-145'],
    reason: ADOPTED,
  })),
];

export const DEPARTURES_TAILSCALE: readonly Departure[] = [...login, ...managed, ...sidecar, ...around, ...adoption];
