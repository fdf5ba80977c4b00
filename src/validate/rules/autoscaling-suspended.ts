import type { Rule, RuleContext } from '../rule.ts';

/** POD-331. */
export const autoscalingSuspended: Rule = {
  id: 'autoscaling-suspended',
  severity: 'error',
  summary: 'The instance is suspended and scaled automatically.',
  hint: 'switch autoscaling off while the instance is suspended',
  check({ instance: { spec }, resolved: { suspended } }: RuleContext) {
    if (!suspended || spec.availability?.autoScaling?.enabled !== true) return [];
    return [
      { path: ['spec', 'suspended'], message: '"suspended" and "availability.autoScaling" exclude each other; expected one of the two' },
    ];
  },
};
