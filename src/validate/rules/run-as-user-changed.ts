import { DEFAULT_USER } from '../../resolve/security.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const runAsUserChanged: Rule = {
  id: 'run-as-user-changed',
  severity: 'warning',
  summary: 'The agent runs as another user than usual: a volume that exists belongs to the former one.',
  hint: `keep ${DEFAULT_USER}, or begin with a new volume`,
  check({ resolved: { security } }: RuleContext) {
    const { runAsUser } = security;
    if (runAsUser === DEFAULT_USER || runAsUser === 0) return [];
    return [
      {
        path: ['spec', 'security', 'podSecurityContext', 'runAsUser'],
        message: `${runAsUser} is not the user that agents usually run as; expected ${DEFAULT_USER}, unless the volume is new or belongs to ${runAsUser}`,
      },
    ];
  },
};
