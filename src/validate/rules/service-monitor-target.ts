import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const PATH = ['spec', 'observability', 'metrics', 'serviceMonitor'] as const;

export const serviceMonitorTarget: Rule = {
  id: 'service-monitor-target',
  severity: 'warning',
  summary: "A ServiceMonitor is asked for, and the agent's metrics are off or out of its reach.",
  hint: 'switch metrics on, and leave their port of the Service to them',
  check({ instance: { spec }, resolved: { metrics, service } }: RuleContext) {
    if (spec.observability?.metrics?.serviceMonitor?.enabled !== true) return [];
    if (metrics.serviceMonitor === null) {
      return [{ path: PATH, part: 'key', message: 'metrics are off, so the ServiceMonitor is left out' }];
    }
    const { portName } = metrics.serviceMonitor;
    const index = service.customPorts.findIndex(({ name }) => name === portName);
    const port = service.customPorts[index];
    if (port === undefined || port.targetPort === metrics.port) return [];
    return [
      {
        path: ['spec', 'networking', 'service', 'ports', index],
        message: `Prometheus collects from port ${safelyQuoted(portName)}, which leads to ${port.targetPort}; expected ${metrics.port}, where the metrics are`,
      },
    ];
  },
};
