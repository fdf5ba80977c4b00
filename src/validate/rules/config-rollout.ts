import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const configRollout: Rule = {
  id: 'config-rollout',
  severity: 'error',
  summary: 'The annotation about configuration changes has an unknown value, or asks for what a seeded configuration cannot do.',
  hint: 'write "restart-only", or delete the annotation so that every change starts a new pod',
  check({ instance, resolved: { config } }: RuleContext) {
    const wish = instance.annotations[INSTANCE_ANNOTATIONS.configRollout];
    if (wish === undefined) return [];
    const path = ['metadata', 'annotations', INSTANCE_ANNOTATIONS.configRollout];
    if (wish !== 'restart-only') return [{ path, message: `${safelyQuoted(wish)} is not known; expected "restart-only"` }];
    if (config.delivery === 'mounted') return [];
    return [
      {
        path,
        message: '"restart-only" would keep changes from the agent: its configuration is copied when the pod starts, not mounted',
        hint: 'use spec.config.mergeMode "overwrite" and OpenClaw 2026.7.1 or newer, or delete the annotation',
      },
    ];
  },
};
