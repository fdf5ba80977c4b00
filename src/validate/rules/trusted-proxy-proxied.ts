import { valueAt } from '../../lib/json.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Rule, RuleContext } from '../rule.ts';

const MODE = ['gateway', 'auth', 'mode'];
const ALLOW_LOOPBACK = ['gateway', 'auth', 'trustedProxy', 'allowLoopback'];

/** Every connection reaches the gateway from our own proxy on 127.0.0.1: it refuses all of them, or believes all of them. */
export const trustedProxyProxied: Rule = {
  id: 'trusted-proxy-proxied',
  severity: 'warning',
  summary: 'A proxy is to name the users, and the pod has a proxy of its own in front: nobody gets in, or anybody as anybody.',
  hint: "set spec.gateway.enabled: false, and name the addresses of your proxy in the configuration's gateway.trustedProxies and in the annotation gitops.openclaw.rocks/ingress-cidrs",
  check(context: RuleContext) {
    const { config, gateway } = context.resolved;
    if (!config.usesTrustedProxyAuth || !gateway.proxied) return [];
    if (valueAt(config.base, ...ALLOW_LOOPBACK) === true) {
      return [
        {
          ...configPlace(context, ALLOW_LOOPBACK),
          severity: 'error',
          message: `${pointer(ALLOW_LOOPBACK)} of the configuration is true behind the proxy of the pod, so that whoever reaches the pod can name any user; expected "spec.gateway.enabled" to be false`,
        },
      ];
    }
    return [
      {
        ...configPlace(context, MODE),
        message: `${pointer(MODE)} of the configuration is "trusted-proxy" behind the proxy of the pod, whose address the gateway refuses; expected "spec.gateway.enabled" to be false`,
      },
    ];
  },
};
