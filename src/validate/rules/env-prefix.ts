import { envLists } from '../env-lists.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const PRINTABLE_BUT_EQUALS = /^[ -<>-~]*$/;

export const envPrefix: Rule = {
  id: 'env-prefix',
  severity: 'error',
  summary: 'A prefix of variables has characters that no variable can have.',
  hint: 'use letters, digits and "_"',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { envFrom } of envLists(instance)) {
      for (const { source, path } of envFrom) {
        const { prefix = '' } = source;
        if (!PRINTABLE_BUT_EQUALS.test(prefix))
          findings.push({
            path: [...path, 'prefix'],
            message: `${safelyQuoted(prefix)} cannot begin a variable; expected printable ASCII characters other than "="`,
          });
      }
    }
    return findings;
  },
};
