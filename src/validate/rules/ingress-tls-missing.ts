import type { Rule, RuleContext } from '../rule.ts';

export const ingressTlsMissing: Rule = {
  id: 'ingress-tls-missing',
  severity: 'warning',
  summary: 'The Ingress has no certificate: the token travels in clear.',
  hint: 'add spec.networking.ingress.tls',
  check({ instance: { spec } }: RuleContext) {
    const ingress = spec.networking?.ingress;
    if (ingress?.enabled !== true || (ingress.tls ?? []).length > 0) return [];
    return [{ path: ['spec', 'networking', 'ingress', 'tls'], message: 'the Ingress has no TLS; expected a certificate for its hosts' }];
  },
};
