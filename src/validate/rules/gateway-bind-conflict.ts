import { valueAt } from '../../lib/json.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Rule, RuleContext } from '../rule.ts';

const PATH = ['gateway', 'bind'];
const BESIDE_THE_PROXY: ReadonlySet<string> = new Set(['auto', 'custom', 'lan', 'tailnet']);
const INSIDE_THE_POD: ReadonlySet<string> = new Set(['loopback', '127.0.0.1']);

/** POD-252, also for a referenced configuration, and for what goes around the proxy. */
export const gatewayBindConflict: Rule = {
  id: 'gateway-bind-conflict',
  severity: 'warning',
  summary:
    'gateway.bind in the configuration does not fit the proxy: without it loopback reaches nobody, with it other addresses go around it.',
  hint: 'remove gateway.bind: what fits is rendered',
  check(context: RuleContext) {
    const { config, gateway } = context.resolved;
    const bind = valueAt(config.base, ...PATH);
    if (typeof bind !== 'string') return [];
    if (gateway.proxied && BESIDE_THE_PROXY.has(bind)) {
      return [
        {
          ...configPlace(context, PATH),
          message: `${pointer(PATH)} of the configuration opens the gateway beside its proxy; expected "loopback"`,
        },
      ];
    }
    if (!gateway.proxied && INSIDE_THE_POD.has(bind)) {
      const message = `${pointer(PATH)} of the configuration hides the gateway inside the pod, and "spec.gateway.enabled" is false; expected "lan"`;
      return [{ ...configPlace(context, PATH), message }];
    }
    return [];
  },
};
