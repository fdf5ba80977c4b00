import type { Rule, RuleContext } from '../rule.ts';

export const processNamespaceShared: Rule = {
  id: 'process-namespace-shared',
  severity: 'warning',
  summary: "The pod's containers see each other's processes, and with them each other's environment and its keys.",
  hint: 'remove the field',
  check({ resolved: { security } }: RuleContext) {
    if (!security.shareProcessNamespace) return [];
    return [
      {
        path: ['spec', 'shareProcessNamespace'],
        message: '"shareProcessNamespace" is true; expected containers that cannot read the agent\'s environment',
      },
    ];
  },
};
