/** Departures in what monitoring gets: ServiceMonitor, alerts and dashboards. */
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const optionalKinds: readonly Departure[] = ['ServiceMonitor'].flatMap((kind): Departure[] => [
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
    kind: 'ServiceMonitor',
    name: 'metrics-off',
    path: '',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-054'],
    reason: "The operator's ServiceMonitor names a port that the Service does not have; without metrics there is none, and a warning.",
  },
];
