import { resolveAutoScaling } from '../../resolve/auto-scaling.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** D22: OpenClaw keeps one gateway for each state directory. */
export const autoscalingReplicas: Rule = {
  id: 'autoscaling-replicas',
  severity: 'warning',
  summary: 'Autoscaling adds gateways that know nothing of each other: sessions and channels are split at random.',
  hint: 'give one agent more CPU and memory, or make several instances',
  check({ instance }: RuleContext) {
    if ((resolveAutoScaling(instance)?.maxReplicas ?? 1) < 2) return [];
    return [
      {
        path: ['spec', 'availability', 'autoScaling', 'enabled'],
        message: 'autoscaling runs several gateways, each on a volume of its own; expected one for each agent',
      },
    ];
  },
};
