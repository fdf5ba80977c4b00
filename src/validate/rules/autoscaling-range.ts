import { DEFAULT_REPLICAS } from '../../resolve/auto-scaling.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const autoscalingRange: Rule = {
  id: 'autoscaling-range',
  severity: 'error',
  summary: 'The least number of replicas is above the most.',
  hint: 'raise maxReplicas, or lower minReplicas',
  check({ instance: { spec } }: RuleContext) {
    const scaling = spec.availability?.autoScaling;
    if (scaling === undefined) return [];
    const { minReplicas = DEFAULT_REPLICAS.min, maxReplicas = DEFAULT_REPLICAS.max } = scaling;
    if (minReplicas <= maxReplicas) return [];
    const most = scaling.maxReplicas === undefined ? `the default maxReplicas of ${DEFAULT_REPLICAS.max}` : `maxReplicas, ${maxReplicas}`;
    const path = ['spec', 'availability', 'autoScaling', 'minReplicas'];
    return [{ path, message: `minReplicas, ${minReplicas}, is above ${most}; expected at most that` }];
  },
};
