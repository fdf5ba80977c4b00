import { isConfigMapKey } from '../../kube/name-syntax.ts';
import { envLists } from '../env-lists.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What letters a key has is the schema's business. */
export const referenceKey: Rule = {
  id: 'reference-key',
  severity: 'error',
  summary: 'A variable refers to a key that no ConfigMap or Secret can have.',
  hint: 'name the key as it is in the object',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { entries } of envLists(instance)) {
      for (const { entry, path } of entries) {
        for (const field of ['configMapKeyRef', 'secretKeyRef'] as const) {
          const key = entry.valueFrom?.[field]?.key;
          if (key === undefined || isConfigMapKey(key)) continue;
          findings.push({
            path: [...path, 'valueFrom', field, 'key'],
            message: `${safelyQuoted(key)} cannot be a key; expected at most 253 characters, neither "." nor with ".." first`,
          });
        }
      }
    }
    return findings;
  },
};
