import { quoted } from '../../diagnostics/quoted.ts';
import { valueAt } from '../../lib/json.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Rule, RuleContext } from '../rule.ts';

const ROUTE = ['gateway', 'tailscale', 'mode'];

/** POD-233: kept, since the user's image may bring the command. */
export const tailscaleRouteUnclaimed: Rule = {
  id: 'tailscale-route-unclaimed',
  severity: 'warning',
  summary: 'The configuration makes the gateway claim a Tailscale route itself, and the command that it needs for that is not in the pod.',
  hint: 'remove gateway.tailscale from the configuration: spec.tailscale publishes the agent without it; with spec.tailscale.authSSO the command is there',
  check(context: RuleContext) {
    const { config, openclaw, tailscale } = context.resolved;
    const route = valueAt(config.base, ...ROUTE);
    if (typeof route !== 'string' || route === 'off' || (tailscale !== null && tailscale.login !== 'token')) return [];
    const outcome = openclaw.profile.claimsTailscaleServe ? 'the gateway exits' : 'it fails';
    return [
      {
        ...configPlace(context, ROUTE),
        message: `${pointer(ROUTE)} of the configuration is ${quoted(route)}, and without the command "tailscale" in its container ${outcome}; expected it to be left out`,
      },
    ];
  },
};
