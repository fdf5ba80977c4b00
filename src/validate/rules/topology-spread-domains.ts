import type { Rule, RuleContext } from '../rule.ts';

export const topologySpreadDomains: Rule = {
  id: 'topology-spread-domains',
  severity: 'error',
  summary: 'A topology spread constraint wants a number of domains, and does not bar the pod where there are fewer.',
  hint: 'write "whenUnsatisfiable: DoNotSchedule", or remove "minDomains"',
  check({ instance: { spec } }: RuleContext) {
    return (spec.availability?.topologySpreadConstraints ?? []).flatMap(({ minDomains, whenUnsatisfiable }, index) =>
      minDomains === undefined || whenUnsatisfiable === 'DoNotSchedule'
        ? []
        : [
            {
              path: ['spec', 'availability', 'topologySpreadConstraints', index, 'minDomains'],
              message: `"minDomains" is given for "${whenUnsatisfiable}"; expected "DoNotSchedule" with it`,
            },
          ],
    );
  },
};
