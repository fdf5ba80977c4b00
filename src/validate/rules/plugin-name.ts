import { packageNameProblem } from '../package-name.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-324, ARD-155. */
export const pluginName: Rule = {
  id: 'plugin-name',
  severity: 'error',
  summary: 'A plugin is not the name of one: of ClawHub, or of npm with "npm:".',
  hint: 'write "name", "@owner/name" or "npm:package"',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const [index, name] of (spec.plugins ?? []).entries()) {
      const problem = packageNameProblem(name, 'plugin');
      if (problem !== null)
        findings.push({ path: ['spec', 'plugins', index], message: `${safelyQuoted(name)} ${problem}; expected the name of a plugin` });
    }
    return findings;
  },
};
