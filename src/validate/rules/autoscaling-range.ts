import type { Rule, RuleContext } from '../rule.ts';

const DEFAULT_MIN = 1;
const DEFAULT_MAX = 5;

export const autoscalingRange: Rule = {
  id: 'autoscaling-range',
  severity: 'error',
  summary: 'The least number of replicas is above the most.',
  hint: 'raise maxReplicas, or lower minReplicas',
  check({ instance: { spec } }: RuleContext) {
    const scaling = spec.availability?.autoScaling;
    if (scaling === undefined) return [];
    const { minReplicas = DEFAULT_MIN, maxReplicas = DEFAULT_MAX } = scaling;
    if (minReplicas <= maxReplicas) return [];
    const most = scaling.maxReplicas === undefined ? `the default maxReplicas of ${DEFAULT_MAX}` : `maxReplicas, ${maxReplicas}`;
    const path = ['spec', 'availability', 'autoScaling', 'minReplicas'];
    return [{ path, message: `minReplicas, ${minReplicas}, is above ${most}; expected at most that` }];
  },
};
