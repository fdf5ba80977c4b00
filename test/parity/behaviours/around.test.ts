import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, type Json } from '../shape.ts';
import { CONFIG, field, names, POD, rendered, type Row, SET, testRows } from './rendered.ts';

const POLICY = 'NetworkPolicy/bot';
const SERVICE = 'Service/bot';
const CLAIM = 'PersistentVolumeClaim/bot-data';
const SELECTOR = { 'app.kubernetes.io/instance': 'bot', 'app.kubernetes.io/name': 'openclaw' };
const policy = (text: string): string => `{security: {networkPolicy: {${text}}}}`;
const rbac = (text: string): string => `{security: {rbac: {${text}}}}`;
const service = (text: string): string => `{networking: {service: {${text}}}}`;
const persistence = (text: string): string => `{storage: {persistence: {${text}}}}`;
const fromNamespace = (name: string): Json => [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }];
const METRICS_PORT = { name: 'metrics', port: 9090, protocol: 'TCP', targetPort: 9090 };
const GATEWAY_PORT = { name: 'gateway', port: 18789, protocol: 'TCP', targetPort: 18780 };
const DNS = [53, 53, 5353, 5353].map((port, index) => ({ port, protocol: index % 2 === 0 ? 'UDP' : 'TCP' }));

const identity: readonly Row[] = [
  ['ARD-002 the Service selects name and instance', '{}', SERVICE, 'spec.selector', SELECTOR],
  ['ARD-002 the policy selects name and instance', '{}', POLICY, 'spec.podSelector', { matchLabels: SELECTOR }],
  ['ARD-002 the budget selects name and instance', '{}', 'PodDisruptionBudget/bot', 'spec.selector', { matchLabels: SELECTOR }],
  [
    "ARD-004 a custom account keeps the Role's name",
    rbac('serviceAccountName: other, additionalRules: [{apiGroups: [""], resources: [pods], verbs: [get]}]'),
    'RoleBinding/bot',
    'subjects[name=other].kind',
    'ServiceAccount',
  ],
  ['ARD-004 a custom account is created', rbac('serviceAccountName: other'), 'ServiceAccount/other', 'automountServiceAccountToken', false],
];

const networkPolicy: readonly Row[] = [
  ['ARD-010 both directions are closed unless opened', '{}', POLICY, 'spec.policyTypes', ['Ingress', 'Egress']],
  ['ARD-011 off', policy('enabled: false'), POLICY, '', absent],
  ['ARD-012 the own namespace comes first', '{}', POLICY, 'spec.ingress[0].from', fromNamespace('agents')],
  [
    'ARD-013 the ports',
    '{}',
    POLICY,
    'spec.ingress[0].ports',
    [
      { port: 18780, protocol: 'TCP' },
      { port: 9090, protocol: 'TCP' },
    ],
  ],
  [
    'ARD-014 the ports without the proxy',
    '{gateway: {enabled: false}}',
    POLICY,
    'spec.ingress[0].ports',
    [
      { port: 18789, protocol: 'TCP' },
      { port: 9090, protocol: 'TCP' },
    ],
  ],
  [
    'ARD-015 no metrics port',
    '{observability: {metrics: {enabled: false}}}',
    POLICY,
    'spec.ingress[0].ports',
    [{ port: 18780, protocol: 'TCP' }],
  ],
  [
    'ARD-015 a custom metrics port',
    '{observability: {metrics: {port: 9464}}}',
    POLICY,
    'spec.ingress[0].ports',
    [
      { port: 18780, protocol: 'TCP' },
      { port: 9464, protocol: 'TCP' },
    ],
  ],
  [
    'ARD-018 targets of custom ports',
    service('ports: [{name: web, port: 80, targetPort: 18780}, {name: dns, port: 53, protocol: UDP}]'),
    POLICY,
    'spec.ingress[0].ports',
    [
      { port: 18780, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
      { port: 9090, protocol: 'TCP' },
    ],
  ],
  ['ARD-021 DNS', '{}', POLICY, 'spec.egress[0]', { ports: DNS }],
  ['ARD-021 HTTPS', '{}', POLICY, 'spec.egress[1].ports', [{ port: 443, protocol: 'TCP' }]],
  ['ARD-021 nothing else', '{}', POLICY, 'spec.egress[2]', absent],
  ['ARD-022 no DNS', policy('allowDNS: false'), POLICY, 'spec.egress[0].ports', [{ port: 443, protocol: 'TCP' }]],
  [
    'ARD-025 a range',
    policy('allowedEgressCIDRs: [172.16.0.0/12, 10.0.0.0/8]'),
    POLICY,
    'spec.egress[3]',
    { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
  ],
  [
    'ARD-026 additional egress is verbatim and last',
    policy('allowedEgressCIDRs: [172.16.0.0/12], additionalEgress: [{ports: [{port: 5432}]}]'),
    POLICY,
    'spec.egress[3]',
    { ports: [{ port: 5432 }] },
  ],
];

const accessRules: readonly Row[] = [
  ['ARD-030 the account mounts no token', '{}', 'ServiceAccount/bot', 'automountServiceAccountToken', false],
  [
    'ARD-032 annotations of the account',
    rbac('serviceAccountAnnotations: {a: b}'),
    'ServiceAccount/bot',
    'metadata.annotations',
    { a: 'b' },
  ],
  ['ARD-033 no Role', '{}', 'Role/bot', '', absent],
  ['ARD-033 no RoleBinding', '{}', 'RoleBinding/bot', '', absent],
  [
    "ARD-037 the user's rules",
    rbac('additionalRules: [{apiGroups: [apps], resources: [deployments], verbs: [get]}]'),
    'Role/bot',
    'rules',
    [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }],
  ],
  [
    'ARD-038 what is bound',
    rbac('additionalRules: [{apiGroups: [apps], resources: [deployments], verbs: [get]}]'),
    'RoleBinding/bot',
    'roleRef',
    { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'bot' },
  ],
  [
    'ARD-038 to whom',
    rbac('additionalRules: [{apiGroups: [apps], resources: [deployments], verbs: [get]}]'),
    'RoleBinding/bot',
    'subjects',
    [{ kind: 'ServiceAccount', name: 'bot', namespace: 'agents' }],
  ],
  ["ARD-039 somebody else's account", rbac('createServiceAccount: false, serviceAccountName: shared'), 'ServiceAccount/shared', '', absent],
  ['ARD-039 none of ours either', rbac('createServiceAccount: false, serviceAccountName: shared'), 'ServiceAccount/bot', '', absent],
];

const services: readonly Row[] = [
  ['ARD-045 the Service', '{}', SERVICE, 'spec.ports', [GATEWAY_PORT, METRICS_PORT]],
  ['ARD-045 inside the cluster', '{}', SERVICE, 'spec.type', 'ClusterIP'],
  ['ARD-045 no session affinity', '{}', SERVICE, 'spec.sessionAffinity', 'None'],
  ['ARD-046 without the proxy', '{gateway: {enabled: false}}', SERVICE, 'spec.ports[name=gateway].targetPort', 18789],
  ['ARD-048 type', service('type: LoadBalancer'), SERVICE, 'spec.type', 'LoadBalancer'],
  ['ARD-048 annotations', service('annotations: {a: b}'), SERVICE, 'metadata.annotations', { a: 'b' }],
  [
    'ARD-049 ARD-050 custom ports, then metrics',
    service('ports: [{name: web, port: 80}, {name: dns, port: 53, protocol: UDP, targetPort: 5353}]'),
    SERVICE,
    'spec.ports',
    [
      { name: 'web', port: 80, protocol: 'TCP', targetPort: 80 },
      { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 },
      METRICS_PORT,
    ],
  ],
  [
    "ARD-051 a user's port called metrics",
    service('ports: [{name: metrics, port: 1234}]'),
    SERVICE,
    'spec.ports',
    [{ name: 'metrics', port: 1234, protocol: 'TCP', targetPort: 1234 }],
  ],
  [
    "ARD-051 a user's port with its number",
    service('ports: [{name: mine, port: 9090}]'),
    SERVICE,
    'spec.ports',
    [{ name: 'mine', port: 9090, protocol: 'TCP', targetPort: 9090 }],
  ],
  ['ARD-052 no metrics port', '{observability: {metrics: {enabled: false}}}', SERVICE, 'spec.ports', [GATEWAY_PORT]],
  [
    'ARD-052 nor with custom ports',
    `{observability: {metrics: {enabled: false}}, ${service('ports: [{name: web, port: 80}]').slice(1)}`,
    SERVICE,
    'spec.ports[name=metrics]',
    absent,
  ],
];

const budgetAndClaim: readonly Row[] = [
  ['ARD-090 one pod may be away', '{}', 'PodDisruptionBudget/bot', 'spec.maxUnavailable', 1],
  ['ARD-090 none', '{availability: {podDisruptionBudget: {maxUnavailable: 0}}}', 'PodDisruptionBudget/bot', 'spec.maxUnavailable', 0],
  ['ARD-090 two', '{availability: {podDisruptionBudget: {maxUnavailable: 2}}}', 'PodDisruptionBudget/bot', 'spec.maxUnavailable', 2],
  ['ARD-090 no budget', '{availability: {podDisruptionBudget: {enabled: false}}}', 'PodDisruptionBudget/bot', '', absent],
  ['ARD-100 size', '{}', CLAIM, 'spec.resources.requests.storage', '10Gi'],
  ['ARD-100 access mode', '{}', CLAIM, 'spec.accessModes', ['ReadWriteOnce']],
  ['ARD-100 no class', '{}', CLAIM, 'spec.storageClassName', absent],
  ['ARD-100 backup annotation', '{}', CLAIM, 'metadata.annotations["openclaw.rocks/backup-enabled"]', 'true'],
  ['ARD-101 other size', persistence('size: 3Gi'), CLAIM, 'spec.resources.requests.storage', '3Gi'],
  ['ARD-101 an empty class is a choice', persistence('storageClass: ""'), CLAIM, 'spec.storageClassName', ''],
  ['ARD-101 access modes', persistence('accessModes: [ReadWriteMany]'), CLAIM, 'spec.accessModes', ['ReadWriteMany']],
  ['ARD-102 an existing claim is not rendered', persistence('existingClaim: old'), CLAIM, '', absent],
  ['ARD-103 no claim', persistence('enabled: false'), CLAIM, '', absent],
  ['ARD-105 protected', '{}', CLAIM, 'metadata.annotations["argocd.argoproj.io/sync-options"]', 'Prune=false,Delete=false'],
  ['ARD-105 protected under Flux', '{}', CLAIM, 'metadata.annotations["kustomize.toolkit.fluxcd.io/prune"]', 'disabled'],
  [
    'ARD-105 protected although it need not outlive the instance',
    persistence('orphan: false'),
    CLAIM,
    'metadata.annotations["argocd.argoproj.io/sync-options"]',
    'Prune=false,Delete=false',
  ],
  [
    'ARD-105 the wish to delete it is noted',
    persistence('orphan: false'),
    CLAIM,
    'metadata.annotations["gitops.openclaw.rocks/orphan"]',
    'false',
  ],
];

const secrets: readonly Row[] = [
  ['ARD-110 nothing is generated', '{gateway: {existingSecret: mine}}', 'Secret/bot-gateway-token', '', absent],
  ['ARD-111 the Secret has no data', '{}', 'Secret/bot-gateway-token', 'data', absent],
  [
    'ARD-113 trusted-proxy: no token in the configuration',
    '{config: {raw: {gateway: {auth: {mode: trusted-proxy}}}}}',
    CONFIG,
    'data["openclaw.json"].gateway.auth.token',
    absent,
  ],
  ['ARD-118 a Secret that the input does not have', '{envFrom: [{secretRef: {name: elsewhere}}]}', SET, 'spec.replicas', 1],
  ['POD-214 the workspace volume', '{}', SET, `${POD}.volumes[name=workspace-init].configMap.name`, '<name>-workspace'],
];

testRows([...identity, ...networkPolicy, ...accessRules, ...services, ...budgetAndClaim, ...secrets]);

test('ARD-001 every object has the labels and the namespace', () => {
  for (const { kind, metadata } of rendered('{}').objects) {
    assert.deepEqual({ ...metadata.labels }, { ...SELECTOR, 'app.kubernetes.io/managed-by': 'openclaw-gitops' }, kind);
    assert.equal(metadata.namespace, 'agents', kind);
  }
});

test("ARD-003 ARD-007 the objects of an empty spec have the operator's names", () => {
  const found = new Set(rendered('{}').objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  const operators = [
    'ServiceAccount/bot',
    POLICY,
    'Secret/bot-gateway-token',
    CONFIG,
    'ConfigMap/bot-workspace',
    CLAIM,
    'PodDisruptionBudget/bot',
    SET,
    SERVICE,
  ];
  for (const identityOf of operators) assert.ok(found.has(identityOf), identityOf);
});

test('ARD-005 POD-023 the same input gives the same bytes', () => {
  const specs = [
    '{}',
    '{config: {mergeMode: merge, raw: {b: 1, a: 2}}, workspace: {initialFiles: {b/c: x, a: y}}, sidecars: [{name: s, image: s}], podAnnotations: {z: "1", a: "2"}}',
  ];
  for (const spec of specs) assert.equal(JSON.stringify(rendered(spec).objects), JSON.stringify(rendered(spec).objects));
});

test('ARD-019 ARD-020 namespaces, then ranges, each with all ports', () => {
  const result = rendered(policy('allowedIngressNamespaces: [web, ops], allowedIngressCIDRs: [192.168.10.0/24]'));
  const rules = field(result, POLICY, 'spec.ingress') as readonly { readonly from: Json; readonly ports: Json }[];
  assert.deepEqual(
    rules.map(({ from }) => from),
    [fromNamespace('agents'), fromNamespace('web'), fromNamespace('ops'), [{ ipBlock: { cidr: '192.168.10.0/24' } }]],
  );
  for (const { ports } of rules)
    assert.deepEqual(ports, [
      { port: 18780, protocol: 'TCP' },
      { port: 9090, protocol: 'TCP' },
    ]);
});

test('ARD-095 suspended changes the replicas and nothing else', () => {
  const suspended = JSON.stringify(rendered('{suspended: true}').objects);
  assert.equal(suspended.replace('"replicas":0', '"replicas":1'), JSON.stringify(rendered('{}').objects));
});

test('ARD-112 the Job that fills the token has rights on exactly that Secret', () => {
  assert.deepEqual(field(rendered('{}'), 'Role/bot-secrets', 'rules'), [
    { apiGroups: [''], resourceNames: ['bot-gateway-token'], resources: ['secrets'], verbs: ['get', 'patch'] },
  ]);
  assert.equal(field(rendered('{gateway: {existingSecret: mine}}'), 'Role/bot-secrets', ''), absent);
});

test("POD-003 nothing of the agent selects the Job's pod", () => {
  const { objects } = rendered('{}');
  const job = objects.find(({ kind }) => kind === 'Job') as unknown as {
    spec: { template: { metadata: { labels: { [key: string]: string } } } };
  };
  assert.notEqual(job.spec.template.metadata.labels['app.kubernetes.io/name'], 'openclaw');
  assert.equal(job.spec.template.metadata.labels['app.kubernetes.io/instance'], undefined);
});

test('POD-211 what users know of the volumes is there', () => {
  const volumes = new Set(names(field(rendered('{}'), SET, `${POD}.volumes`)));
  for (const volume of ['data', 'config', 'otel-collector-config', 'workspace-init', 'tmp', 'gateway-proxy-tmp']) {
    assert.ok(volumes.has(volume), volume);
  }
});
