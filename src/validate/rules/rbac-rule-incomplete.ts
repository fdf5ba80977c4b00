import type { Finding, Rule, RuleContext } from '../rule.ts';

export const rbacRuleIncomplete: Rule = {
  id: 'rbac-rule-incomplete',
  severity: 'error',
  summary: 'A rule in security.rbac.additionalRules has an empty list; Kubernetes refuses the Role.',
  hint: 'name at least one; the core API group is the empty string',
  check({ instance: { spec } }: RuleContext) {
    const rules = spec.security?.rbac?.additionalRules;
    if (rules === undefined) return [];
    const findings: Finding[] = [];
    for (const [index, rule] of rules.entries()) {
      for (const field of ['apiGroups', 'resources', 'verbs'] as const) {
        if (rule[field].length > 0) continue;
        findings.push({
          path: ['spec', 'security', 'rbac', 'additionalRules', index, field],
          message: `"${field}" is empty; expected at least one entry`,
        });
      }
    }
    return findings;
  },
};
