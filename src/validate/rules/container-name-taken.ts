import { RESERVED_CONTAINERS } from '../reserved-names.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-327, D27: containers and init containers of a pod share one set of names. */
export const containerNameTaken: Rule = {
  id: 'container-name-taken',
  severity: 'error',
  summary: 'A container of the user has a name that is reserved, or that another one has.',
  hint: 'rename the container',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    const names = new Set<string>();
    for (const { container, path } of userContainers(instance)) {
      const { name } = container;
      if (RESERVED_CONTAINERS.has(name)) {
        findings.push({
          path: [...path, 'name'],
          message: `${safelyQuoted(name)} is reserved for a container of the agent's pod; expected another name`,
        });
      } else if (names.has(name)) {
        findings.push({
          path: [...path, 'name'],
          message: `${safelyQuoted(name)} is the name of another container too; expected a name of its own`,
        });
      }
      names.add(name);
    }
    return findings;
  },
};
