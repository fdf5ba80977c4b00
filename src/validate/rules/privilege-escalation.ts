import type { Rule, RuleContext } from '../rule.ts';

export const privilegeEscalation: Rule = {
  id: 'privilege-escalation',
  severity: 'warning',
  summary: "Processes in the agent's container may gain privileges.",
  hint: 'remove the field',
  check({ resolved: { security } }: RuleContext) {
    if (!security.main.allowPrivilegeEscalation) return [];
    return [
      {
        path: ['spec', 'security', 'containerSecurityContext', 'allowPrivilegeEscalation'],
        message: '"allowPrivilegeEscalation" is true; expected processes to keep the rights they start with',
      },
    ];
  },
};
