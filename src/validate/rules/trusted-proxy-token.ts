import { valueAt } from '../../lib/json.ts';
import { configPlace, pointer } from '../config-place.ts';
import { agentVariables } from '../environment.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const VARIABLE = 'OPENCLAW_GATEWAY_TOKEN';
const PATH = ['gateway', 'auth', 'token'];

/** Measured: the gateway ends with exit code 1. */
export const trustedProxyToken: Rule = {
  id: 'trusted-proxy-token',
  severity: 'error',
  summary: 'A proxy authenticates users and there is a token too: the gateway refuses to start with both.',
  hint: 'remove the token, or set gateway.auth.mode to "token"',
  check(context: RuleContext) {
    const { config } = context.resolved;
    if (!config.usesTrustedProxyAuth) return [];
    const findings: Finding[] = agentVariables(context)
      .filter(({ name }) => name === VARIABLE)
      .map(({ path }) => ({ path, message: `"${VARIABLE}" is set and the authentication is "trusted-proxy"; expected one of the two` }));
    if (valueAt(config.base, ...PATH) !== undefined) {
      findings.push({
        ...configPlace(context, PATH),
        message: `${pointer(PATH)} of the configuration is set and the authentication is "trusted-proxy"; expected one of the two`,
      });
    }
    return findings;
  },
};
