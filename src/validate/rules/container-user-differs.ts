import type { Rule, RuleContext } from '../rule.ts';

/** The state directory belongs to the pod's user, mode 0700. */
export const containerUserDiffers: Rule = {
  id: 'container-user-differs',
  severity: 'warning',
  summary: "The agent's container runs as another user than the pod, who owns its state.",
  hint: 'set spec.security.podSecurityContext.runAsUser instead',
  check({ resolved: { security } }: RuleContext) {
    const { runAsUser, main } = security;
    if (main.runAsUser === undefined || main.runAsUser === 0 || main.runAsUser === runAsUser) return [];
    return [
      {
        path: ['spec', 'security', 'containerSecurityContext', 'runAsUser'],
        message: `${main.runAsUser} cannot read the state directory, which belongs to the pod's user ${runAsUser}; expected the same user`,
      },
    ];
  },
};
