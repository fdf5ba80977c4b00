import type { Rule, RuleContext } from '../rule.ts';

export const tailscaleAuthKeyMissing: Rule = {
  id: 'tailscale-auth-key-missing',
  severity: 'warning',
  summary: 'The agent is to join a tailnet and has no auth key: somebody has to follow a link in the log of the container, in time.',
  hint: 'put a reusable auth key into a Secret and name it in spec.tailscale.authKeySecretRef',
  check({ resolved: { tailscale } }: RuleContext) {
    if (tailscale === null || tailscale.authKey !== null) return [];
    return [
      {
        path: ['spec', 'tailscale'],
        part: 'key',
        message:
          '"authKeySecretRef" is not set; expected the Secret with an auth key, since the container starts anew after each minute without a login',
      },
    ];
  },
};
