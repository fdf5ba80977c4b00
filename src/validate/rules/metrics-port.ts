import { fixedPorts, ownerOf } from '../owned-ports.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const metricsPort: Rule = {
  id: 'metrics-port',
  severity: 'error',
  summary: 'The metrics port is taken by something else in the pod.',
  hint: 'choose another number, or remove the field',
  check({ instance: { spec }, resolved }: RuleContext) {
    const { metrics } = resolved;
    if (!metrics.enabled) return [];
    const owner = ownerOf(metrics.port, fixedPorts(spec, resolved));
    if (owner === undefined) return [];
    return [
      { path: ['spec', 'observability', 'metrics', 'port'], message: `${metrics.port} belongs to ${owner}; expected a port of its own` },
    ];
  },
};
