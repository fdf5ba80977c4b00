import { GATEWAY_PORT } from '../../resolve/gateway-ports.ts';
import type { Resolved } from '../../resolve/resolved.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Where the operator had a port for the canvas, which nothing listened on. */
const CANVAS_PORT = 18793;

/** The ports that the Service will have: the user's in place of the gateway's, and the metrics port. */
function servicePortNumbers({ service, metrics, config }: Resolved): number[] {
  const metricsPort = metrics.enabled ? [metrics.port] : [];
  if (service.customPorts.length > 0)
    return [...service.customPorts.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => port), ...metricsPort];
  return [GATEWAY_PORT, ...(config.exposesMcpApps ? [GATEWAY_PORT + 1] : []), ...metricsPort];
}

/** W-22: the default port is used although the user's ports have dropped it. */
export const backendPort: Rule = {
  id: 'backend-port',
  severity: 'error',
  summary: 'An Ingress or HTTPRoute leads to a port that the Service does not have.',
  hint: 'set the port of the backend, or add the port to spec.networking.service.ports',
  check({ instance: { spec }, resolved }: RuleContext) {
    const { ingress, httpRoute } = spec.networking ?? {};
    if (ingress?.enabled !== true && httpRoute?.enabled !== true) return [];
    const known = servicePortNumbers(resolved);
    const findings: Finding[] = [];
    const check = (port: number | undefined, path: readonly (string | number)[]): void => {
      if (known.includes(port ?? GATEWAY_PORT)) return;
      const what = port === undefined ? `the default port ${GATEWAY_PORT}` : String(port);
      findings.push({
        path,
        message: `${what} is not a port of the Service; expected ${known.join(' or ')}`,
        ...(port === CANVAS_PORT ? { hint: `remove it: OpenClaw serves the canvas on the gateway's port ${GATEWAY_PORT}` } : {}),
      });
    };
    if (ingress?.enabled === true) {
      for (const [index, { paths }] of (ingress.hosts ?? []).entries()) {
        const place = ['spec', 'networking', 'ingress', 'hosts', index];
        if (paths === undefined || paths.length === 0) check(undefined, place);
        else for (const [pathIndex, { port }] of paths.entries()) check(port, [...place, 'paths', pathIndex, 'port']);
      }
    }
    if (httpRoute?.enabled === true) check(httpRoute.port, ['spec', 'networking', 'httpRoute', 'port']);
    return findings;
  },
};
