import { RESERVED_VOLUMES } from '../reserved-names.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const volumeNameTaken: Rule = {
  id: 'volume-name-taken',
  severity: 'error',
  summary: 'A volume of the user has a name that is reserved, or that another one has.',
  hint: 'rename the volume and its mounts',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    const names = new Set<string>();
    for (const { volume, path } of userVolumes(instance)) {
      const { name } = volume;
      if (RESERVED_VOLUMES.has(name)) {
        findings.push({
          path: [...path, 'name'],
          message: `${safelyQuoted(name)} is reserved for a volume of the agent's pod; expected another name`,
        });
      } else if (names.has(name)) {
        findings.push({
          path: [...path, 'name'],
          message: `${safelyQuoted(name)} is the name of another volume too; expected a name of its own`,
        });
      }
      names.add(name);
    }
    return findings;
  },
};
