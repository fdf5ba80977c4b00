import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What is wrong with one path, as a part of a sentence, or null. */
function problemOf(text: string): string | null {
  if (text === '') return 'is empty';
  if (text.startsWith('.')) return 'starts with a dot';
  if (text.endsWith('.')) return 'ends with a dot';
  if (text.includes('..')) return 'has two dots in a row';
  return /^[A-Za-z0-9._-]+$/.test(text) ? null : 'has a character other than letters, digits, "-", "_" and "."';
}

/** POD-329, ARD-160. */
export const forcePaths: Rule = {
  id: 'force-paths',
  severity: 'error',
  summary: 'config.forcePaths is given without the merge mode, or an entry is not a dotted path.',
  hint: 'write keys with dots between them, such as "agents.defaults.model", and set config.mergeMode to "merge"',
  check({ instance: { spec } }: RuleContext) {
    const paths = spec.config?.forcePaths ?? [];
    if (paths.length === 0) return [];
    const findings: Finding[] = [];
    const path = ['spec', 'config', 'forcePaths'];
    if (spec.config?.mergeMode !== 'merge') {
      findings.push({ path, part: 'key', message: '"forcePaths" has no effect in the merge mode "overwrite"; expected "merge"' });
    }
    for (const [index, text] of paths.entries()) {
      const problem = problemOf(text);
      if (problem !== null)
        findings.push({
          path: [...path, index],
          message: `forcePaths[${index}], ${safelyQuoted(text)}, ${problem}; expected a dotted path`,
        });
    }
    return findings;
  },
};
