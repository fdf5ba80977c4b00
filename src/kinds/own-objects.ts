import type { KubeObject } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

/** Objects of kinds that one feature knows, with namespace and standard labels; labels of the user's own stand over these. */
export function ownObjects(plan: Plan): KubeObject[] {
  return plan.objects.map(({ item }) => {
    const { name, annotations, labels } = item.metadata;
    const standard = metadata(plan, name, annotations);
    return { ...item, metadata: { ...standard, labels: { ...standard.labels, ...labels } } };
  });
}
