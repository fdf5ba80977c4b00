import { isConfigMapKey } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** POD-326, ARD-156. */
export const caBundle: Rule = {
  id: 'ca-bundle',
  severity: 'error',
  summary: 'The CA bundle names both a ConfigMap and a Secret, or neither, or a key that neither can have.',
  hint: 'set configMapName or secretName',
  check({ instance }: RuleContext) {
    const bundle = instance.spec.security?.caBundle;
    if (bundle === undefined) return [];
    const findings: Finding[] = [];
    const path = ['spec', 'security', 'caBundle'];
    const hasConfigMap = (bundle.configMapName ?? '') !== '';
    const hasSecret = (bundle.secretName ?? '') !== '';
    if (hasConfigMap === hasSecret) {
      const found = hasConfigMap ? 'both "configMapName" and "secretName"' : 'neither "configMapName" nor "secretName"';
      findings.push({ path, message: `"caBundle" has ${found}; expected one of the two` });
    }
    const key = bundle.key ?? '';
    if (key !== '' && !isConfigMapKey(key)) {
      findings.push({
        path: [...path, 'key'],
        message: `${safelyQuoted(key)} cannot be a key of a ConfigMap or Secret; expected letters, digits, "-", "_" or "."`,
        hint: 'name the entry that holds the certificates, such as "ca-bundle.crt"',
      });
    }
    return findings;
  },
};
