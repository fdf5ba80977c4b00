import type { Rule, RuleContext } from '../rule.ts';

/** W-15: the operator forgets to say so. */
export const backupWithoutVolume: Rule = {
  id: 'backup-without-volume',
  severity: 'warning',
  summary: 'Backups are scheduled and persistence is off, so that there is nothing to back up.',
  hint: 'remove the schedule, or switch persistence on',
  check({ instance: { spec }, resolved: { storage } }: RuleContext) {
    if (storage.persistent || (spec.backup?.schedule ?? '') === '') return [];
    return [
      {
        path: ['spec', 'backup', 'schedule'],
        message: 'backups are scheduled for an agent without a volume; expected "spec.storage.persistence.enabled"',
      },
    ];
  },
};
