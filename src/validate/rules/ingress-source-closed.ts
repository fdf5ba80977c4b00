import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const FIELD = 'spec.security.networkPolicy.allowedIngressNamespaces';
const METRICS = INSTANCE_ANNOTATIONS.metricsNamespaces;
const RANGES = 'spec.security.networkPolicy.allowedIngressCIDRs';

/** The namespace of an Ingress controller or of Prometheus is not in the input: one that is opened is taken to be theirs. */
export const ingressSourceClosed: Rule = {
  id: 'ingress-source-closed',
  severity: 'warning',
  summary: 'Something outside the namespace is to reach the agent, and the NetworkPolicy lets nobody in.',
  hint: `add its namespace to ${FIELD}, or its addresses to ${RANGES}`,
  check({ instance, resolved }: RuleContext) {
    const { networkPolicy } = resolved;
    if (!networkPolicy.enabled || networkPolicy.ingressCidrs.length > 0) return [];
    const { networking } = instance.spec;
    const findings: Finding[] = [];
    const open = networkPolicy.ingressNamespaces;
    if (networking?.ingress?.enabled === true && open.length === 0) {
      const message = `the NetworkPolicy keeps the Ingress controller out; expected its namespace in "${FIELD}"`;
      findings.push({ path: ['spec', 'networking', 'ingress'], part: 'key', message });
    }
    if (networking?.httpRoute?.enabled === true) {
      for (const [index, { namespace }] of (networking.httpRoute.parentRefs ?? []).entries()) {
        if (namespace === undefined || namespace === instance.namespace || open.length > 0) continue;
        findings.push({
          path: ['spec', 'networking', 'httpRoute', 'parentRefs', index, 'namespace'],
          message: `the NetworkPolicy keeps the Gateway in ${safelyQuoted(namespace)} out; expected the namespace of its pods in "${FIELD}"`,
        });
      }
    }
    const { type } = networking?.service ?? {};
    if ((type === 'LoadBalancer' || type === 'NodePort') && open.length === 0) {
      findings.push({
        path: ['spec', 'networking', 'service', 'type'],
        message: `the NetworkPolicy keeps out whoever comes through a Service of type ${type}; expected their addresses in "${RANGES}"`,
      });
    }
    const { serviceMonitor, namespaces } = resolved.metrics;
    if (serviceMonitor !== null && open.length === 0 && namespaces.length === 0) {
      findings.push({
        path: ['spec', 'observability', 'metrics', 'serviceMonitor'],
        part: 'key',
        message: `the NetworkPolicy keeps Prometheus out; expected its namespace in the annotation "${METRICS}"`,
        hint: `set the annotation, which opens the metrics port only, or add the namespace to ${FIELD}, which opens all of the agent`,
      });
    }
    return findings;
  },
};
