import type { Rule, RuleContext } from '../rule.ts';

/** The operator keeps the identity in a Secret, which wants API rights for the pod. */
export const tailscaleIdentityLost: Rule = {
  id: 'tailscale-identity-lost',
  severity: 'warning',
  summary: 'The agent joins a tailnet without a volume that could keep its identity: each pod is another machine with another name.',
  hint: 'switch persistence on, or use an ephemeral and reusable auth key and expect names such as my-agent-1',
  check({ resolved: { storage, tailscale } }: RuleContext) {
    if (tailscale === null || storage.persistent) return [];
    return [
      {
        path: ['spec', 'storage', 'persistence', 'enabled'],
        message: '"spec.storage.persistence.enabled" is false, so that the identity in the tailnet goes with each pod; expected a volume',
      },
    ];
  },
};
