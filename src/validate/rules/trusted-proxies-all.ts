import { coverEverything } from '../../lib/cidr-cover.ts';
import { valueAt, type Json } from '../../lib/json.ts';
import { annotatedIngressCidrs } from '../../resolve/gateway.ts';
import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Whoever is believed can claim to come from anywhere, also from the pod itself, whose clients are administrators. */
export const trustedProxiesAll: Rule = {
  id: 'trusted-proxies-all',
  severity: 'error',
  summary: 'Forwarding headers would be believed from every address, so that anybody can claim to be local.',
  hint: 'name the range of the proxy only, such as the pod network of the Ingress controller',
  check(context: RuleContext) {
    const findings: Finding[] = [];
    const path = ['gateway', 'trustedProxies'];
    const listed = valueAt(context.resolved.config.base, ...path);
    if (Array.isArray(listed) && coverEverything(listed.filter((entry: Json) => typeof entry === 'string'))) {
      findings.push({
        ...configPlace(context, path),
        message: `${pointer(path)} of the configuration covers every address; expected the proxy's own`,
      });
    }
    const annotated = annotatedIngressCidrs(context.instance);
    if (annotated.length > 0 && coverEverything(annotated)) {
      findings.push({
        path: ['metadata', 'annotations', INSTANCE_ANNOTATIONS.ingressCidrs],
        message: `"${INSTANCE_ANNOTATIONS.ingressCidrs}" covers every address; expected the Ingress controller's own`,
      });
    }
    return findings;
  },
};
