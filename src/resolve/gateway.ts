/** Token, origins and security headers of the gateway. */
import { gatewayTokenSecretName } from '../kube/names.ts';
import { GATEWAY_PORT, PROXY_PORT } from './gateway-ports.ts';
import { httpRouteOrigins } from './http-route.ts';
import { ingressOrigins } from './ingress.ts';
import { annotatedList, INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';
import type { ResolvedGateway } from './resolved.ts';

/** A year, as preload lists want it at least. */
const STRICT_TRANSPORT_SECURITY = 'max-age=31536000; includeSubDomains';

/** The ranges of the ingress-cidrs annotation, in order. */
export function annotatedIngressCidrs(instance: Instance): string[] {
  return annotatedList(instance, INSTANCE_ANNOTATIONS.ingressCidrs);
}

export function resolveGateway(instance: Instance): ResolvedGateway {
  const gateway = instance.spec.gateway ?? {};
  const proxied = gateway.enabled ?? true;
  const existingSecret = gateway.existingSecret ?? '';
  // A gateway on all interfaces wants its local origins named; on loopback it accepts local clients without.
  const local = proxied ? [] : [`http://localhost:${GATEWAY_PORT}`, `http://127.0.0.1:${GATEWAY_PORT}`];
  const exposed = [...ingressOrigins(instance), ...httpRouteOrigins(instance)];
  const origins = [...local, ...exposed, ...(gateway.controlUiOrigins ?? []).filter((origin) => origin !== '')];
  return {
    proxied,
    port: proxied ? PROXY_PORT : GATEWAY_PORT,
    tokenSecret: existingSecret === '' ? gatewayTokenSecretName(instance.name) : existingSecret,
    generatesToken: existingSecret === '',
    controlUiOrigins: [...new Set(origins)].sort(),
    ingressCidrs: annotatedIngressCidrs(instance),
    strictTransportSecurity: isExposed(instance) ? STRICT_TRANSPORT_SECURITY : null,
  };
}

/** Whether browsers come through an Ingress or a Gateway that speaks TLS; `enableHSTS` speaks for both. */
function isExposed({ spec }: Instance): boolean {
  const { ingress, httpRoute } = spec.networking ?? {};
  return (ingress?.enabled === true || httpRoute?.enabled === true) && ingress?.security?.enableHSTS !== false;
}
