import { envLists } from '../env-lists.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const envSource: Rule = {
  id: 'env-source',
  severity: 'error',
  summary: 'A variable has a value and a reference, or a reference to nothing or to several things.',
  hint: 'give each variable a value or one reference, and each entry of envFrom one object',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { entries, envFrom } of envLists(instance)) {
      for (const { entry, path } of entries) {
        const { name, value, valueFrom } = entry;
        if (valueFrom === undefined) continue;
        const count = Object.keys(valueFrom).length;
        if (count !== 1) {
          findings.push({
            path: [...path, 'valueFrom'],
            message: `${safelyQuoted(name)} refers to ${count === 0 ? 'nothing' : `${count} things`}; expected one`,
          });
        }
        if (value !== undefined && value !== '')
          findings.push({
            path: [...path, 'value'],
            message: `${safelyQuoted(name)} has a value and "valueFrom"; expected one of the two`,
          });
      }
      for (const { source, path } of envFrom) {
        const given = (source.configMapRef === undefined ? 0 : 1) + (source.secretRef === undefined ? 0 : 1);
        if (given !== 1)
          findings.push({
            path,
            message: `the entry refers to ${given === 0 ? 'nothing' : 'two objects'}; expected "configMapRef" or "secretRef"`,
          });
      }
    }
    return findings;
  },
};
