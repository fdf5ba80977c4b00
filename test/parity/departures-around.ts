/** Departures in the objects around the pod: names, access, network, claim, and what the secrets Job needs. */
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const LABELLED = [
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'StatefulSet',
  'Service',
];

const KEEP_ON_PRUNE = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

const labels: readonly Departure[] = LABELLED.map((kind): Departure => ({
  kind,
  name: '*',
  path: 'metadata.labels["app.kubernetes.io/managed-by"]',
  operator: 'openclaw-operator',
  ours: 'openclaw-gitops',
  ids: ['POD-002'],
  reason: "Nobody should take our objects for the operator's.",
}));

const SECRETS_JOB = {
  path: '',
  operator: absent,
  ours: anyValue,
  ids: ['D4', 'W-18', 'ARD-112'],
  reason: 'A Job with rights on exactly the generated Secrets makes the token inside the cluster, because no manifest may hold it.',
} as const;

const secretsJob: readonly Departure[] = [
  { ...SECRETS_JOB, kind: 'ServiceAccount', name: '<name>-secrets' },
  { ...SECRETS_JOB, kind: 'Role', name: '<name>-secrets' },
  { ...SECRETS_JOB, kind: 'RoleBinding', name: '<name>-secrets' },
  { ...SECRETS_JOB, kind: 'NetworkPolicy', name: '<name>-secrets' },
  { ...SECRETS_JOB, kind: 'Job', name: '<name>-secrets-*' },
  {
    kind: 'Secret',
    name: '<name>-gateway-token',
    path: 'data',
    operator: { token: 'T1JBQ0xFLUdBVEVXQVktVE9LRU4=' },
    ours: absent,
    ids: ['D4', 'W-18'],
    reason:
      'The Secret is rendered without data and filled once in the cluster, so that the token is in no manifest and survives every apply.',
  },
  {
    kind: 'Secret',
    name: '<name>-gateway-token',
    path: 'metadata.annotations',
    operator: absent,
    ours: KEEP_ON_PRUNE,
    ids: ['ARD-112'],
    reason: 'Both engines leave the Secret alone when its instance disappears from Git by mistake.',
  },
  {
    kind: 'Secret',
    name: '<name>-gateway-token',
    path: 'type',
    operator: absent,
    ours: 'Opaque',
    ids: ['POD-084'],
    reason: "The API server's own default, written out so that nothing differs after an apply.",
  },
];

const access: readonly Departure[] = [
  {
    kind: 'Role',
    name: '<name>',
    path: '',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-033'],
    reason: "The agent's pod has no access to the API, so there is no Role until the spec adds rules.",
  },
  {
    kind: 'RoleBinding',
    name: '<name>',
    path: '',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-033'],
    reason: 'There is no Role to bind until the spec adds rules.',
  },
  {
    kind: 'Role',
    name: '<name>',
    path: 'rules[resources=configmaps]',
    operator: { apiGroups: [''], resourceNames: ['<name>-config'], resources: ['configmaps'], verbs: ['get', 'watch'] },
    ours: absent,
    ids: ['ARD-033'],
    reason: "The pod mounts its configuration and never reads it through the API; only the user's own rules remain.",
  },
];

const POLICY = { kind: 'NetworkPolicy', name: '<name>' } as const;

const network: readonly Departure[] = [
  {
    ...POLICY,
    path: 'spec.egress[0].ports[port=5353]',
    operator: absent,
    ours: { port: 5353, protocol: 'UDP' },
    ids: ['ARD-021'],
    reason: 'Some clusters run DNS on 5353 behind port 53, and a policy sees the port behind the Service.',
  },
  {
    ...POLICY,
    path: 'spec.egress[0].ports[port=5353#2]',
    operator: absent,
    ours: { port: 5353, protocol: 'TCP' },
    ids: ['ARD-021'],
    reason: 'Long DNS answers come over TCP, on 5353 as well.',
  },
  // The rule for 443 is the second, or the first where DNS is not allowed.
  ...[0, 1].map((index): Departure => ({
    ...POLICY,
    path: `spec.egress[${index}].to`,
    operator: absent,
    ours: anyValue,
    ids: ['ARD-021'],
    reason: 'Port 443 is open to the public Internet only: private, link-local and metadata ranges stay closed unless the spec opens them.',
  })),
  {
    ...POLICY,
    path: 'spec.ingress[*].ports[port=18790]',
    operator: { port: 18790, protocol: 'TCP' },
    ours: absent,
    ids: ['ARD-013'],
    reason: "The proxy left 18790 to OpenClaw's MCP Apps.",
  },
  {
    ...POLICY,
    path: 'spec.ingress[*].ports[port=18780]',
    operator: absent,
    ours: { port: 18780, protocol: 'TCP' },
    ids: ['ARD-013'],
    reason: 'The proxy listens on 18780, below the block of ports that OpenClaw uses.',
  },
  {
    ...POLICY,
    path: 'spec.ingress[*].ports[port=18794]',
    operator: { port: 18794, protocol: 'TCP' },
    ours: absent,
    ids: ['ARD-013'],
    reason: 'OpenClaw has no canvas port any more, so nothing is behind this one.',
  },
  {
    ...POLICY,
    path: 'spec.ingress[*].ports[port=18793]',
    operator: { port: 18793, protocol: 'TCP' },
    ours: absent,
    ids: ['ARD-014'],
    reason: 'OpenClaw has no canvas port any more.',
  },
  {
    kind: 'Service',
    name: '<name>',
    path: 'spec.ports[name=gateway].targetPort',
    operator: 18790,
    ours: 18780,
    ids: ['ARD-045'],
    reason: 'The proxy listens on 18780; the port that clients use stays 18789.',
  },
  {
    kind: 'Service',
    name: '<name>',
    path: 'spec.ports[name=canvas]',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-045', 'ARD-046'],
    reason: 'OpenClaw has no canvas port any more.',
  },
  {
    kind: 'Service',
    name: '<name>',
    path: 'spec.externalIPs',
    operator: absent,
    ours: [],
    ids: ['ARD-045'],
    reason: 'Printed empty, so that an address that somebody adds is seen as drift and removed.',
  },
];

const CLAIM = { kind: 'PersistentVolumeClaim', name: '<name>-data', operator: absent, ids: ['ARD-105'] } as const;

const claim: readonly Departure[] = [
  ...Object.entries(KEEP_ON_PRUNE).map(([key, value]): Departure => ({
    ...CLAIM,
    path: `metadata.annotations["${key}"]`,
    ours: value,
    reason: 'Argo CD and Flux must not delete the data when the instance disappears from Git by mistake.',
  })),
  {
    ...CLAIM,
    path: 'metadata.annotations["gitops.openclaw.rocks/orphan"]',
    ours: 'false',
    reason: 'The wish to delete the claim with its instance is noted and no engine follows it: that takes a verified backup first.',
  },
  {
    kind: 'PersistentVolumeClaim',
    name: '<name>-data',
    path: 'spec.resources.requests.storage',
    operator: '010Gi',
    ours: '10Gi',
    ids: ['POD-220'],
    reason: 'The same amount as the API server spells it, so that no engine sees a difference.',
  },
  {
    kind: 'PodDisruptionBudget',
    name: '<name>',
    path: 'spec.unhealthyPodEvictionPolicy',
    operator: absent,
    ours: 'AlwaysAllow',
    ids: ['ARD-090'],
    reason: 'A pod that is not ready serves nobody and must not stop a node from draining.',
  },
];

export const DEPARTURES_AROUND: readonly Departure[] = [...labels, ...secretsJob, ...access, ...network, ...claim];
