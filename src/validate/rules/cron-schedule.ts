import { cronProblem } from '../../lib/cron.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** ARD-170. */
export const cronSchedule: Rule = {
  id: 'cron-schedule',
  severity: 'error',
  summary: 'The schedule of backups is not in cron syntax.',
  hint: 'write minute, hour, day of the month, month and day of the week (Sunday is 0), such as "30 3 * * *"',
  check({ instance: { spec } }: RuleContext) {
    const schedule = spec.backup?.schedule ?? '';
    const problem = schedule === '' ? null : cronProblem(schedule);
    if (problem === null) return [];
    return [
      {
        path: ['spec', 'backup', 'schedule'],
        message: `${safelyQuoted(schedule)} ${problem}; expected five fields of cron, or a word such as "@daily"`,
      },
    ];
  },
};
