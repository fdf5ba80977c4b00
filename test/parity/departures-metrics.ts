/** Departures in what monitoring gets: ServiceMonitor, alerts and dashboards. */
import type { Departure } from './explain.ts';
import { absent, anyString, anyValue } from './shape.ts';

const optionalKinds: readonly Departure[] = ['PrometheusRule', 'ServiceMonitor'].flatMap((kind): Departure[] => [
  {
    kind,
    name: '*',
    path: 'metadata.labels["app.kubernetes.io/managed-by"]',
    operator: 'openclaw-operator',
    ours: 'openclaw-gitops',
    ids: ['POD-002'],
    reason: "Nobody should take our objects for the operator's.",
  },
  {
    kind,
    name: '*',
    path: 'metadata.annotations',
    operator: absent,
    ours: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' },
    ids: ['W-23'],
    reason: 'Where the kind is not installed, Argo CD applies everything else; without it nothing of the Application would be applied.',
  },
]);

const RULE = { kind: 'PrometheusRule', name: '<name>-alerts' } as const;
const GROUP = 'spec.groups[0]';

/** Why each of the operator's alerts reads something else. */
const EXPRESSIONS: Readonly<Record<string, { readonly ids: readonly string[]; readonly reason: string }>> = {
  OpenClawReconcileErrors: {
    ids: ['ARD-123', 'W-25'],
    reason:
      'There is no operator to count errors: what brings the state to the cluster is Argo CD or Flux, and their series say when it fails.',
  },
  OpenClawInstanceDegraded: {
    ids: ['ARD-123', 'W-31'],
    reason: "The phase is a series of the operator's; readiness of the StatefulSet says the same.",
  },
  OpenClawSlowReconciliation: {
    ids: ['ARD-123'],
    reason:
      "The duration is a series of the operator's; what is slow without it is a change that has been applied and does not reach the pod.",
  },
  OpenClawPodCrashLooping: {
    ids: ['W-32'],
    reason: 'Only the pods of this instance, and all their containers: a proxy or a browser that crashes takes the agent with it.',
  },
  OpenClawPodOOMKilled: {
    ids: ['W-32'],
    reason:
      "Only this instance, all containers, and only while it is news: the operator's alert fires until the next restart for another reason.",
  },
  OpenClawPVCNearlyFull: { ids: ['W-32'], reason: "The operator's pattern never matches the claim that it makes itself." },
  OpenClawAutoUpdateRollback: {
    ids: ['ARD-123'],
    reason: 'Nobody counts rollbacks; that an image came back within a day is seen from kube-state-metrics.',
  },
};

const TEXTS_ARE_OURS = 'The text is our own, and says what to look at first for those without a runbook.';

const alerts: readonly Departure[] = Object.entries(EXPRESSIONS).flatMap(([alert, { ids, reason }]): Departure[] => {
  const path = `${GROUP}.rules[alert=${alert}]`;
  return [
    { ...RULE, path: `${path}.expr`, operator: anyString, ours: anyString, ids, reason },
    { ...RULE, path: `${path}.annotations.summary`, operator: anyString, ours: anyString, ids: ['ARD-123'], reason: TEXTS_ARE_OURS },
    { ...RULE, path: `${path}.annotations.description`, operator: absent, ours: anyString, ids: ['ARD-123'], reason: TEXTS_ARE_OURS },
  ];
});

const moreAlerts: readonly Departure[] = [
  'OpenClawMemoryNearlyFull',
  'OpenClawMetricsMissing',
  'OpenClawMessagesFailing',
  'OpenClawSessionsStuck',
].map((alert) => ({
  ...RULE,
  path: `${GROUP}.rules[alert=${alert}]`,
  operator: absent,
  ours: anyValue,
  ids: ['ARD-123'],
  reason: "More that is worth an alert, from cAdvisor and from OpenClaw's own series.",
}));

const dashboards: readonly Departure[] = [
  {
    kind: 'ConfigMap',
    name: '<name>-dashboard-operator',
    path: '',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-128', 'W-47'],
    reason: 'There is no operator to draw. Every agent of the cluster can be chosen in the one dashboard there is.',
  },
  {
    kind: 'ConfigMap',
    name: '<name>-dashboard-instance',
    path: 'data["openclaw-instance.json"]',
    operator: anyString,
    ours: absent,
    ids: ['ARD-128', 'W-47'],
    reason: "Grafana's sidecar writes all dashboards into one directory under their keys: one key for all instances is one file.",
  },
  {
    kind: 'ConfigMap',
    name: '<name>-dashboard-instance',
    path: 'data.*',
    operator: absent,
    ours: anyValue,
    ids: ['ARD-128', 'W-47'],
    reason: 'A key, a title and a uid for each instance, over series that are there without an operator.',
  },
];

const collector: readonly Departure[] = [
  {
    kind: 'ConfigMap',
    name: '<name>-config',
    path: 'data["otel-collector.yaml"].service.telemetry',
    operator: absent,
    ours: { metrics: { level: 'none' } },
    ids: ['POD-135'],
    reason: "Metrics of the collector's own would take port 8888 of the pod, and a user's container there would keep it from starting.",
  },
  {
    kind: 'StatefulSet',
    name: '<name>',
    path: 'spec.template.spec.containers[name=otel-collector].livenessProbe',
    operator: absent,
    ours: anyValue,
    ids: ['POD-133'],
    reason: 'A collector that hangs is started anew; whether it answers never decides whether the agent is ready.',
  },
];

export const DEPARTURES_METRICS: readonly Departure[] = [
  ...optionalKinds,
  ...collector,
  {
    ...RULE,
    path: `${GROUP}.name`,
    operator: 'openclaw-operator',
    ours: 'openclaw',
    ids: ['ARD-123'],
    reason: 'There is no operator in it.',
  },
  {
    ...RULE,
    path: `${GROUP}.rules[alert=OpenClawSlowReconciliation].for`,
    operator: '5m',
    ours: '10m',
    ids: ['ARD-123'],
    reason: 'A pod may take 330 s to finish its turn before it leaves.',
  },
  ...alerts,
  ...moreAlerts,
  ...dashboards,
  {
    kind: 'ServiceMonitor',
    name: 'metrics-off',
    path: '',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-054'],
    reason: "The operator's ServiceMonitor names a port that the Service does not have; without metrics there is none, and a warning.",
  },
];
