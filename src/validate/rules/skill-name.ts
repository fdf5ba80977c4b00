import { packageNameProblem } from '../package-name.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { skillPlaces } from '../skill-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-323, ARD-154. */
export const skillName: Rule = {
  id: 'skill-name',
  severity: 'error',
  summary: 'A skill is not the name of one: of ClawHub, of npm with "npm:", or of a pack with "pack:".',
  hint: 'write "name", "@owner/name", "npm:package" or "pack:owner/repository/path@revision"',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, name } of skillPlaces(spec)) {
      const problem = packageNameProblem(name, 'skill');
      if (problem !== null) findings.push({ path, message: `${safelyQuoted(name)} ${problem}; expected the name of a skill` });
    }
    return findings;
  },
};
