import { selectorLabels } from '../kube/labels.ts';
import type { PodDisruptionBudget } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

export function podDisruptionBudgets(plan: Plan): PodDisruptionBudget[] {
  const { maxUnavailable } = plan.pod;
  if (maxUnavailable === null) return [];
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata(plan, plan.name),
      spec: {
        maxUnavailable,
        selector: { matchLabels: selectorLabels(plan.name) },
        // A pod that is not ready serves nobody: let a node drain past it.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ];
}
