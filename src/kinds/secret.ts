import { KEEP_ON_PRUNE } from '../kube/annotations.ts';
import type { Secret } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

/** Shells without data: whoever applies them owns no value, so a value filled in the cluster survives every later apply. */
export function secrets(plan: Plan): Secret[] {
  return plan.secrets.map(({ item }) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadata(plan, item.name, KEEP_ON_PRUNE),
    type: 'Opaque',
  }));
}
