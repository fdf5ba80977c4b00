import { PROXY_PORT, RESERVED_PORTS } from '../../resolve/gateway-ports.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** The operator's proxy listened on 18790; ours leaves OpenClaw's block alone. */
export const serviceTargetPort: Rule = {
  id: 'service-target-port',
  severity: 'warning',
  summary: 'A port of the Service leads to a port that OpenClaw opens on loopback only.',
  hint: `set targetPort to ${PROXY_PORT}, where the proxy in front of the gateway listens`,
  check({ instance: { spec }, resolved: { gateway, service } }: RuleContext) {
    if (!gateway.proxied || service.customPorts.length === 0) return [];
    const findings: Finding[] = [];
    for (const [index, { targetPort }] of service.customPorts.entries()) {
      if (targetPort < RESERVED_PORTS.first || targetPort > RESERVED_PORTS.last) continue;
      const field = spec.networking?.service?.ports?.[index]?.targetPort === undefined ? 'port' : 'targetPort';
      findings.push({
        path: ['spec', 'networking', 'service', 'ports', index, field],
        message: `${targetPort} is open inside the pod only; expected ${PROXY_PORT} to reach the gateway`,
      });
    }
    return findings;
  },
};
