/** Departures in what scales an agent. */
import type { Departure } from './explain.ts';
import { absent } from './shape.ts';

const FILLED_IN = { kind: 'StatefulSet', name: '<name>', operator: absent, ids: ['POD-019'] } as const;
const REASON = "The API server's own default, which no update can change; left out, Argo CD sees a difference for ever.";

export const DEPARTURES_AUTO_SCALING: readonly Departure[] = [
  {
    kind: 'HorizontalPodAutoscaler',
    name: '<name>',
    path: 'metadata.labels["app.kubernetes.io/managed-by"]',
    operator: 'openclaw-operator',
    ours: 'openclaw-gitops',
    ids: ['POD-002'],
    reason: "Nobody should take our objects for the operator's.",
  },
  { ...FILLED_IN, path: 'spec.volumeClaimTemplates[*].apiVersion', ours: 'v1', reason: REASON },
  { ...FILLED_IN, path: 'spec.volumeClaimTemplates[*].kind', ours: 'PersistentVolumeClaim', reason: REASON },
];
