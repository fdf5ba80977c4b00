import { valueAt } from '../../lib/json.ts';
import { GATEWAY_PORT, MCP_APPS_PORT } from '../../resolve/gateway-ports.ts';
import { configPlace, pointer } from '../config-place.ts';
import { agentVariables } from '../environment.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const PORT_VARIABLE = 'OPENCLAW_GATEWAY_PORT';

export const gatewayListener: Rule = {
  id: 'gateway-listener',
  severity: 'error',
  summary:
    'The configuration or a variable moves the gateway to another port or puts TLS on it, where probes, proxy and Service do not find it.',
  hint: 'remove the key; Ingress and Service decide what users see',
  check(context: RuleContext) {
    const { config } = context.resolved;
    const findings: Finding[] = [];
    const expectPort = (port: number, ...path: string[]): void => {
      const value = valueAt(config.base, ...path);
      if (value === undefined || value === port) return;
      findings.push({
        ...configPlace(context, path),
        message: `${pointer(path)} of the configuration is not ${port}, where the pod expects it`,
      });
    };
    expectPort(GATEWAY_PORT, 'gateway', 'port');
    if (config.exposesMcpApps) expectPort(MCP_APPS_PORT, 'mcp', 'apps', 'sandboxPort');
    const tls = ['gateway', 'tls', 'enabled'];
    if (valueAt(config.base, ...tls) === true) {
      findings.push({
        ...configPlace(context, tls),
        message: `${pointer(tls)} of the configuration is true; expected plain HTTP inside the pod`,
      });
    }
    for (const { name, value, path } of agentVariables(context)) {
      if (name !== PORT_VARIABLE || value === String(GATEWAY_PORT)) continue;
      findings.push({ path, message: `"${PORT_VARIABLE}" is set; expected the gateway on ${GATEWAY_PORT}, where the pod looks for it` });
    }
    return findings;
  },
};
