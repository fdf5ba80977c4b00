/** Departures in the StatefulSet outside its containers: the pod, what prepares it and its volumes. */
import type { Departure } from './explain.ts';
import { absent, anyString, anyValue } from './shape.ts';

const SET = { kind: 'StatefulSet', name: '<name>' } as const;
const POD = 'spec.template.spec';

const podLevel: readonly Departure[] = [
  {
    ...SET,
    path: 'spec.template.metadata.labels["app.kubernetes.io/managed-by"]',
    operator: 'openclaw-operator',
    ours: 'openclaw-gitops',
    ids: ['POD-002'],
    reason: "Nobody should take our pods for the operator's; no selector contains this label.",
  },
  {
    ...SET,
    path: 'spec.template.metadata.annotations["openclaw.rocks/config-hash"]',
    operator: /^[0-9a-f]{16}$/,
    ours: /^[0-9a-f]{16}$/,
    ids: ['D2', 'W-28'],
    reason: 'The hash is over what the pod really mounts, so that referenced configuration counts too.',
  },
  {
    ...SET,
    path: 'spec.updateStrategy.rollingUpdate.partition',
    operator: absent,
    ours: 0,
    ids: ['POD-012'],
    reason: 'The API server stores this default; printed, a move to server-side apply does not take it away.',
  },
  {
    ...SET,
    path: `${POD}.serviceAccount`,
    operator: anyString,
    ours: absent,
    ids: ['POD-024'],
    reason: 'A deprecated alias of serviceAccountName, which the API server fills in.',
  },
  {
    ...SET,
    path: `${POD}.shareProcessNamespace`,
    operator: true,
    ours: false,
    ids: ['POD-029'],
    reason: "In a shared namespace every container of the pod can read the gateway's environment.",
  },
  {
    ...SET,
    path: `${POD}.terminationGracePeriodSeconds`,
    operator: 30,
    ours: 330,
    ids: ['POD-034'],
    reason: 'OpenClaw drains running turns for up to 315 s; an idle one leaves in two.',
  },
  {
    ...SET,
    path: `${POD}.securityContext.fsGroupChangePolicy`,
    operator: absent,
    ours: 'OnRootMismatch',
    ids: ['POD-045'],
    reason: 'The kubelet would otherwise walk the whole volume at each start.',
  },
  {
    ...SET,
    path: `${POD}.enableServiceLinks`,
    operator: absent,
    ours: false,
    ids: ['POD-034'],
    reason: 'An agent needs no environment of every Service of its namespace.',
  },
  ...['hostIPC', 'hostNetwork', 'hostPID'].map((field): Departure => ({
    ...SET,
    path: `${POD}.${field}`,
    operator: absent,
    ours: false,
    ids: ['POD-034'],
    reason: 'Printed, so that the engine puts it back when somebody switches it on.',
  })),
  {
    ...SET,
    path: `${POD}.tolerations`,
    operator: absent,
    ours: [],
    ids: ['POD-032'],
    reason: 'Printed empty, so that the engine takes back what somebody adds.',
  },
];

const REPLACED = { ...SET, operator: anyValue, ours: absent } as const;

const initContainers: readonly Departure[] = [
  {
    ...REPLACED,
    path: `${POD}.initContainers[name=init-config]`,
    ids: ['POD-039', 'POD-180', 'POD-181', 'POD-182', 'POD-183', 'D1'],
    reason: 'prepare seeds configuration and workspace from a plan and stops at the first step that fails.',
  },
  {
    ...REPLACED,
    path: `${POD}.initContainers[name=init-uv]`,
    ids: ['POD-039', 'POD-172', 'POD-173'],
    reason: 'prepare makes the directories, without an image of its own.',
  },
  {
    ...REPLACED,
    path: `${POD}.initContainers[name=init-pip]`,
    ids: ['POD-039', 'POD-174'],
    reason: 'The image has nothing for it to run, and it swallowed every failure.',
  },
  {
    ...REPLACED,
    path: `${POD}.initContainers[name=init-plugin-runtime-deps]`,
    ids: ['POD-039', 'POD-175'],
    reason: 'prepare makes the link.',
  },
  {
    ...SET,
    path: `${POD}.initContainers[name=prepare]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-039'],
    reason: 'One tested program in exec form, in place of four generated shell scripts.',
  },
];

const VOLUMES = `${POD}.volumes`;

const volumes: readonly Departure[] = [
  ...['config', 'otel-collector-config', 'workspace-init'].map((volume): Departure => ({
    ...SET,
    path: `${VOLUMES}[name=${volume}].configMap.defaultMode`,
    operator: 0o644,
    ours: 0o440,
    ids: ['POD-213'],
    reason: "Group-readable is enough, and OpenClaw's audit calls a world-readable configuration critical.",
  })),
  {
    ...SET,
    path: `${VOLUMES}[name=config].configMap.items`,
    operator: absent,
    ours: [{ key: 'openclaw.json', path: 'openclaw.json' }],
    ids: ['POD-213'],
    reason: 'Each container sees its own key of the ConfigMap and no other.',
  },
  ...['configMap', 'secret'].map((source): Departure => ({
    ...SET,
    path: `${VOLUMES}[name=ca-bundle].${source}.defaultMode`,
    operator: 0o644,
    ours: 0o444,
    ids: ['POD-207'],
    reason: 'Readable by containers of every user, and nothing writes to it.',
  })),
  {
    ...SET,
    path: `${VOLUMES}[name=data].emptyDir.sizeLimit`,
    operator: absent,
    ours: '10Gi',
    ids: ['POD-215'],
    reason: "Without a claim the state counts against the node's disk.",
  },
  {
    ...SET,
    path: `${VOLUMES}[name=tmp].emptyDir.sizeLimit`,
    operator: absent,
    ours: '4Gi',
    ids: ['POD-105'],
    reason: "An agent must not fill the node's disk.",
  },
  {
    ...SET,
    path: `${VOLUMES}[name=gateway-proxy-tmp].emptyDir.sizeLimit`,
    operator: absent,
    ours: '1Gi',
    ids: ['POD-211'],
    reason: "Uploads must not fill the node's disk.",
  },
  {
    ...SET,
    path: `${VOLUMES}[name=gateway-proxy-config]`,
    operator: absent,
    ours: {
      configMap: { defaultMode: 0o440, items: [{ key: 'nginx.conf', path: 'nginx.conf' }], name: '<name>-config' },
      name: 'gateway-proxy-config',
    },
    ids: ['POD-211'],
    reason: "The proxy's configuration as a directory.",
  },
  {
    ...SET,
    path: `${VOLUMES}[name=gateway-proxy-listen]`,
    operator: absent,
    ours: { emptyDir: { sizeLimit: '1Mi' }, name: 'gateway-proxy-listen' },
    ids: ['POD-211'],
    reason: 'The addresses to listen on, found out by prepare.',
  },
  {
    ...SET,
    path: `${VOLUMES}[name=programs]`,
    operator: absent,
    ours: { configMap: { defaultMode: 0o444, name: '<name>-programs' }, name: 'programs' },
    ids: ['POD-211'],
    reason: 'The pod programs.',
  },
  {
    ...SET,
    path: `${VOLUMES}[name=prepare-plan]`,
    operator: absent,
    ours: {
      configMap: { defaultMode: 0o440, items: [{ key: 'prepare.json', path: 'prepare.json' }], name: '<name>-config' },
      name: 'prepare-plan',
    },
    ids: ['POD-211'],
    reason: 'The plan of the prepare program.',
  },
  {
    ...SET,
    path: `${VOLUMES}[name=init-tmp]`,
    operator: { emptyDir: {}, name: 'init-tmp' },
    ours: absent,
    ids: ['POD-216'],
    reason: 'prepare writes nothing outside the volumes that it prepares.',
  },
  {
    ...SET,
    path: `${VOLUMES}[order]`,
    operator: anyValue,
    ours: anyValue,
    ids: ['POD-211'],
    reason: 'The order of volumes means nothing.',
  },
];

export const DEPARTURES_POD: readonly Departure[] = [...podLevel, ...initContainers, ...volumes];
