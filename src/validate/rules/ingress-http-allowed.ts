import type { Rule, RuleContext } from '../rule.ts';

export const ingressHttpAllowed: Rule = {
  id: 'ingress-http-allowed',
  severity: 'warning',
  summary: 'The Ingress does not send HTTP to HTTPS: a token typed there travels in clear.',
  hint: 'remove "forceHTTPS: false"',
  check({ instance: { spec } }: RuleContext) {
    const ingress = spec.networking?.ingress;
    if (ingress?.enabled !== true || ingress.security?.forceHTTPS !== false) return [];
    return [{ path: ['spec', 'networking', 'ingress', 'security', 'forceHTTPS'], message: '"forceHTTPS" is false; expected HTTPS only' }];
  },
};
