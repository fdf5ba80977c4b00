import { isCredentialName } from '../credentials.ts';
import { envLists } from '../env-lists.ts';
import { LOCAL_SERVER_KEYS } from '../provider-keys.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Judged by name, so a warning only; the value is never looked at beyond whether it refers to another variable. */
export const envCredential: Rule = {
  id: 'env-credential',
  severity: 'warning',
  summary: 'A variable that is named like a credential has its value in the file.',
  hint: 'put the value into a Secret and refer to it with valueFrom.secretKeyRef or envFrom',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { entries } of envLists(instance)) {
      for (const { entry, path } of entries) {
        const value = entry.value ?? '';
        if (value === '' || /^\$\([^)]+\)$/.test(value) || LOCAL_SERVER_KEYS.has(entry.name) || !isCredentialName(entry.name)) continue;
        findings.push({
          path: [...path, 'name'],
          message: `${safelyQuoted(entry.name)} has its value in the file; expected a reference to a Secret`,
        });
      }
    }
    return findings;
  },
};
