import { valueAt, type Json } from '../../lib/json.ts';
import { configPlace, pointer } from '../config-place.ts';
import { quoted } from '../../diagnostics/quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const ALLOW = ['gateway', 'auth', 'allowTailscale'];
const AUTH_MODE = ['gateway', 'auth', 'mode'];
const BIND = ['gateway', 'bind'];
const ROUTE = ['gateway', 'tailscale', 'mode'];

/** A route that the gateway claims itself exists only on loopback and never without authentication: it exits otherwise. */
export const tailscaleSsoConfig: Rule = {
  id: 'tailscale-sso-config',
  severity: 'error',
  summary: 'Logins by tailnet identity are asked for, and something else in the spec or the configuration rules them out.',
  hint: 'remove the key, or remove spec.tailscale.authSSO',
  check(context: RuleContext) {
    const { config, gateway, tailscale } = context.resolved;
    if (tailscale === null || tailscale.login === 'token') return [];
    const found = (path: readonly string[]): Json | undefined => valueAt(config.base, ...path);
    const findings: Finding[] = [];
    const contradicts = (path: readonly string[], what: string): void => {
      findings.push({ ...configPlace(context, path), message: `${pointer(path)} of the configuration ${what}` });
    };
    if (found(ALLOW) === false) contradicts(ALLOW, 'is false while "spec.tailscale.authSSO" is true; expected it to be left out');
    if (config.usesTrustedProxyAuth)
      contradicts(AUTH_MODE, 'is "trusted-proxy", where nobody is signed in by the tailnet; expected "token" or "password"');
    if (tailscale.login !== 'managed-serve') return findings;
    if (found(AUTH_MODE) === 'none')
      contradicts(AUTH_MODE, 'is "none", with which the gateway does not start in a tailnet; expected "token" or "password"');
    const route = found(ROUTE);
    if (typeof route === 'string' && route !== 'serve')
      contradicts(ROUTE, `is ${quoted(route)}; expected "serve", which the gateway has to claim for the logins`);
    const bind = found(BIND);
    if (typeof bind === 'string' && bind !== 'loopback')
      contradicts(BIND, `is ${quoted(bind)}, with which the gateway does not start in a tailnet; expected "loopback"`);
    if (bind === undefined && !gateway.proxied) {
      findings.push({
        path: ['spec', 'gateway', 'enabled'],
        message:
          '"spec.gateway.enabled" is false, so that the gateway listens on all addresses, with which it does not start in a tailnet; expected the proxy in front of it',
        hint: 'remove spec.gateway.enabled, or remove spec.tailscale.authSSO',
      });
    }
    return findings;
  },
};
