/** The ServiceMonitor: tells Prometheus to collect what the collector offers. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { selectorLabels } from '../kube/labels.ts';
import { OPTIONAL_KINDS } from '../kube/optional-kinds.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ metrics: { serviceMonitor }, name }: Resolved): Contribution | null {
  if (serviceMonitor === null) return null;
  const { interval, labels, portName } = serviceMonitor;
  return {
    objects: [
      {
        apiVersion: OPTIONAL_KINDS.ServiceMonitor,
        kind: 'ServiceMonitor',
        metadata: { name, labels },
        spec: {
          // No honorLabels: whatever runs in the pod could pass its series off as another agent's.
          endpoints: [{ interval, path: '/metrics', port: portName }],
          selector: { matchLabels: selectorLabels(name) },
        },
      },
    ],
  };
}

export const serviceMonitor: Feature = {
  id: 'service-monitor',
  summary: 'a ServiceMonitor for the Prometheus Operator',
  reads: [
    'observability.metrics.serviceMonitor',
    'observability.metrics.enabled',
    'observability.metrics.port',
    'networking.service.ports',
  ],
  contribute,
};
