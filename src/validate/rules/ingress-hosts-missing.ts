import type { Rule, RuleContext } from '../rule.ts';

export const ingressHostsMissing: Rule = {
  id: 'ingress-hosts-missing',
  severity: 'error',
  summary: 'The Ingress has no hosts, and Kubernetes refuses an Ingress without rules.',
  hint: 'name the hosts that lead to the agent',
  check({ resolved: { ingress } }: RuleContext) {
    if (ingress === null || ingress.hosts.length > 0) return [];
    return [{ path: ['spec', 'networking', 'ingress', 'hosts'], message: '"hosts" is empty; expected at least one host' }];
  },
};
