import type { Finding, Rule, RuleContext } from '../rule.ts';

export const runAsNonRootOff: Rule = {
  id: 'run-as-non-root-off',
  severity: 'warning',
  summary: 'runAsNonRoot is off: an image whose user is root would run as root.',
  hint: 'remove the field',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const context of ['podSecurityContext', 'containerSecurityContext'] as const) {
      if (spec.security?.[context]?.runAsNonRoot !== false) continue;
      findings.push({
        path: ['spec', 'security', context, 'runAsNonRoot'],
        message: '"runAsNonRoot" is false; expected Kubernetes to refuse root',
      });
    }
    return findings;
  },
};
