import { parseQuantity } from '../../lib/quantity.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const LEAST = '3Gi';
const least = parseQuantity(LEAST) ?? 0n;

export const memoryLimitLow: Rule = {
  id: 'memory-limit-low',
  severity: 'warning',
  summary: `The agent's memory limit is below ${LEAST}: a gateway needs up to 1.6 GiB between turns, peaks at 2.2, and was killed at 2.`,
  hint: 'leave the limit out, which is 4Gi',
  check({ instance, resolved: { resources } }: RuleContext) {
    if (instance.spec.resources === undefined) return [];
    const { memory } = resources.limits;
    const limit = parseQuantity(memory);
    if (limit === null || limit >= least) return [];
    return [
      {
        path: ['spec', 'resources', 'limits', 'memory'],
        message: `${safelyQuoted(memory)} is less memory than a turn may need; expected at least "${LEAST}"`,
      },
    ];
  },
};
