import type { Rule, RuleContext } from '../rule.ts';

/** Funnel names nobody, and OpenClaw claims a Funnel only with a password. */
export const tailscaleSsoFunnel: Rule = {
  id: 'tailscale-sso-funnel',
  severity: 'error',
  summary: 'Logins by tailnet identity are asked for together with Funnel, whose visitors are not in the tailnet.',
  hint: 'set spec.tailscale.mode to serve, or remove authSSO: with Funnel everybody shows the token of the gateway',
  check({ resolved: { tailscale } }: RuleContext) {
    if (tailscale === null || tailscale.mode !== 'funnel' || tailscale.login === 'token') return [];
    return [
      {
        path: ['spec', 'tailscale', 'authSSO'],
        message:
          '"authSSO" is true and "mode" is "funnel", where the visitors come from the internet and have no identity in the tailnet; expected "serve"',
      },
    ];
  },
};
