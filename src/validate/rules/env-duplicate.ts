import { envLists } from '../env-lists.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** D18: server-side apply refuses the list. */
export const envDuplicate: Rule = {
  id: 'env-duplicate',
  severity: 'error',
  summary: 'A variable is in one list of environment variables twice.',
  hint: 'delete one of them',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { entries } of envLists(instance)) {
      const names = new Set<string>();
      for (const { entry, path } of entries) {
        if (names.has(entry.name))
          findings.push({
            path: [...path, 'name'],
            message: `${safelyQuoted(entry.name)} is in the list twice; expected each variable once`,
          });
        names.add(entry.name);
      }
    }
    return findings;
  },
};
