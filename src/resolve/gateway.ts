/** Ports, token and origins of the gateway. OpenClaw owns 18789 and derives 18790 to 18899 from it, so our proxy stays below. */
import { gatewayTokenSecretName } from '../kube/names.ts';
import { INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';
import type { ResolvedGateway } from './resolved.ts';

export const GATEWAY_PORT = 18789;
export const PROXY_PORT = 18780;
/** OpenClaw's MCP Apps listener, the gateway's port + 1. */
export const MCP_APPS_PORT = 18790;
export const MCP_APPS_PROXY_PORT = 18781;
/** Ports that OpenClaw derives from the gateway's: MCP Apps, browser control, reserved, Chrome's CDP. */
export const RESERVED_PORTS = { first: 18789, last: 18899 } as const;

function ingressOrigins(instance: Instance): string[] {
  const ingress = instance.spec.networking?.ingress;
  const secured = new Set((ingress?.tls ?? []).flatMap((tls) => tls.hosts ?? []));
  return (ingress?.hosts ?? []).flatMap(({ host }) =>
    host === undefined || host === '' ? [] : [`${secured.has(host) ? 'https' : 'http'}://${host}`],
  );
}

/** The comma-separated ranges of the ingress-cidrs annotation, in order, without blanks. */
export function annotatedIngressCidrs(instance: Instance): string[] {
  const text = instance.annotations[INSTANCE_ANNOTATIONS.ingressCidrs] ?? '';
  return text.split(',').flatMap((entry) => (entry.trim() === '' ? [] : [entry.trim()]));
}

export function resolveGateway(instance: Instance): ResolvedGateway {
  const gateway = instance.spec.gateway ?? {};
  const proxied = gateway.enabled ?? true;
  const existingSecret = gateway.existingSecret ?? '';
  // A gateway on all interfaces wants its local origins named; on loopback it accepts local clients without.
  const local = proxied ? [] : [`http://localhost:${GATEWAY_PORT}`, `http://127.0.0.1:${GATEWAY_PORT}`];
  const origins = [...local, ...ingressOrigins(instance), ...(gateway.controlUiOrigins ?? []).filter((origin) => origin !== '')];
  return {
    proxied,
    port: proxied ? PROXY_PORT : GATEWAY_PORT,
    tokenSecret: existingSecret === '' ? gatewayTokenSecretName(instance.name) : existingSecret,
    generatesToken: existingSecret === '',
    controlUiOrigins: [...new Set(origins)].sort(),
    ingressCidrs: annotatedIngressCidrs(instance),
  };
}
