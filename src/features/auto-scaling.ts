/** A HorizontalPodAutoscaler, as the operator makes it. Each replica is a gateway with a volume of its own: a rule warns. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import type { Resolved } from '../resolve/resolved.ts';

function target(resource: 'cpu' | 'memory', averageUtilization: number): object {
  return { type: 'Resource', resource: { name: resource, target: { type: 'Utilization', averageUtilization } } };
}

function contribute({ autoScaling, name }: Resolved): Contribution | null {
  if (autoScaling === null) return null;
  const { minReplicas, maxReplicas, cpuUtilization, memoryUtilization } = autoScaling;
  return {
    objects: [
      {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name },
          minReplicas,
          maxReplicas,
          metrics: [target('cpu', cpuUtilization), ...(memoryUtilization === null ? [] : [target('memory', memoryUtilization)])],
        },
      },
    ],
  };
}

export const autoScaling: Feature = {
  id: 'auto-scaling',
  summary: 'a HorizontalPodAutoscaler, and a volume of its own for each replica',
  reads: ['availability.autoScaling'],
  contribute,
};
