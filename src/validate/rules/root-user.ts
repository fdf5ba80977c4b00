import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-318, ARD-140; W-46: the operator looks at the pod's user only. */
export const rootUser: Rule = {
  id: 'root-user',
  severity: 'error',
  summary: 'The agent would run as root.',
  hint: 'remove the field, or name a user other than 0',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const context of ['podSecurityContext', 'containerSecurityContext'] as const) {
      if (spec.security?.[context]?.runAsUser !== 0) continue;
      findings.push({
        path: ['spec', 'security', context, 'runAsUser'],
        message: 'user 0 is root; expected a user without rights on the node',
      });
    }
    return findings;
  },
};
