import type { Annotations } from '../kube/annotations.ts';
import { standardLabels } from '../kube/labels.ts';
import type { ObjectMeta } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';

/** Name, namespace and standard labels of one object of the instance; no annotations at all when there are none. */
export function metadata(plan: Plan, name: string, annotations: Annotations = {}): ObjectMeta & { name: string; namespace: string } {
  return {
    name,
    namespace: plan.namespace,
    labels: standardLabels(plan.name),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}
