import { isLabelValue, isQualifiedName } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const tolerationSyntax: Rule = {
  id: 'toleration-syntax',
  severity: 'error',
  summary: 'A toleration is none that Kubernetes accepts.',
  hint: 'write a key with "operator: Exists", or a key with a value',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const [index, toleration] of (spec.availability?.tolerations ?? []).entries()) {
      const { key = '', operator = '', value = '', effect, tolerationSeconds } = toleration;
      const path = ['spec', 'availability', 'tolerations', index];
      if (operator !== '' && operator !== 'Equal' && operator !== 'Exists') {
        findings.push({ path: [...path, 'operator'], message: `${safelyQuoted(operator)} is no operator; expected "Equal" or "Exists"` });
        continue;
      }
      if (key === '' && operator !== 'Exists')
        findings.push({ path, message: 'the toleration has no key; expected one, or "operator: Exists" for every taint' });
      if (key !== '' && !isQualifiedName(key))
        findings.push({
          path: [...path, 'key'],
          message: `${safelyQuoted(key)} is not the key of a taint; expected a form such as "example.com/name"`,
        });
      if (operator === 'Exists' && value !== '')
        findings.push({ path: [...path, 'value'], message: `${safelyQuoted(value)} is given with "operator: Exists"; expected no value` });
      else if (!isLabelValue(value))
        findings.push({ path: [...path, 'value'], message: `${safelyQuoted(value)} is not the value of a taint; expected a single word` });
      if (tolerationSeconds !== undefined && effect !== 'NoExecute')
        findings.push({
          path: [...path, 'tolerationSeconds'],
          message: `"tolerationSeconds" is given for ${effect === undefined || effect === '' ? 'every effect' : `"${effect}"`}; expected "effect: NoExecute" with it`,
        });
    }
    return findings;
  },
};
