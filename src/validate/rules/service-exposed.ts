import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Nothing in front of such a Service ends TLS, and no login guards the collector's port. */
export const serviceExposed: Rule = {
  id: 'service-exposed',
  severity: 'warning',
  summary: 'The Service takes in whoever reaches the nodes or the load balancer: the token travels in clear, and metrics need none.',
  hint: 'use an Ingress or HTTPRoute with a certificate, or Tailscale; or keep the address inside your own network',
  check({ resolved: { metrics, service } }: RuleContext) {
    if (service.type === 'ClusterIP') return [];
    const path = ['spec', 'networking', 'service', 'type'];
    const findings: Finding[] = [
      {
        path,
        message: `a Service of type ${service.type} opens the gateway without TLS; expected "ClusterIP" behind something that has a certificate`,
      },
    ];
    if (metrics.enabled)
      findings.push({
        path,
        message: `a Service of type ${service.type} opens the metrics, which need no login; expected them inside the cluster only`,
      });
    return findings;
  },
};
