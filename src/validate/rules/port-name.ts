import { isPortName } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const portName: Rule = {
  id: 'port-name',
  severity: 'error',
  summary: 'The name of a port of a container is none that Kubernetes accepts, or another port of it has it.',
  hint: 'use at most 15 lower-case letters, digits and single "-", with a letter among them',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { container, path } of userContainers(instance)) {
      const names = new Set<string>();
      for (const [index, { name }] of (container.ports ?? []).entries()) {
        if (name === undefined || name === '') continue;
        if (names.has(name))
          findings.push({
            path: [...path, 'ports', index, 'name'],
            message: `${safelyQuoted(name)} is the name of another port too; expected a name of its own`,
          });
        names.add(name);
        if (isPortName(name)) continue;
        findings.push({
          path: [...path, 'ports', index, 'name'],
          message: `${safelyQuoted(name)} is not the name of a port; expected a form such as "http-admin"`,
        });
      }
    }
    return findings;
  },
};
