import { isDnsLabel } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const servicePorts: Rule = {
  id: 'service-ports',
  severity: 'error',
  summary: 'Two ports of the Service have one name or one number, or a name is none.',
  hint: 'give each port a name of lower-case letters, digits and "-", and a number of its own',
  check({ instance: { spec } }: RuleContext) {
    const ports = spec.networking?.service?.ports;
    if (ports === undefined) return [];
    const findings: Finding[] = [];
    const names = new Set<string>();
    const numbers = new Set<string>();
    for (const [index, { name, port, protocol = 'TCP' }] of ports.entries()) {
      const path = ['spec', 'networking', 'service', 'ports', index];
      const number = `${protocol}/${port}`;
      if (!isDnsLabel(name)) {
        findings.push({
          path: [...path, 'name'],
          message: `${safelyQuoted(name)} is not the name of a port; expected lower-case letters, digits and "-"`,
        });
      } else if (names.has(name)) {
        findings.push({
          path: [...path, 'name'],
          message: `${safelyQuoted(name)} is the name of another port too; expected a name of its own`,
        });
      }
      if (numbers.has(number))
        findings.push({ path: [...path, 'port'], message: `"${number}" is in the list twice; expected each port once` });
      names.add(name);
      numbers.add(number);
    }
    return findings;
  },
};
