import type { Rule, RuleContext } from '../rule.ts';

export const networkPolicyOff: Rule = {
  id: 'network-policy-off',
  severity: 'warning',
  summary: 'The NetworkPolicy is switched off: every pod can reach the agent, and the agent can reach everything.',
  hint: 'open what the agent needs with the other fields of security.networkPolicy instead',
  check({ resolved: { networkPolicy } }: RuleContext) {
    if (networkPolicy.enabled) return [];
    return [{ path: ['spec', 'security', 'networkPolicy', 'enabled'], message: 'the NetworkPolicy is off; expected it on' }];
  },
};
