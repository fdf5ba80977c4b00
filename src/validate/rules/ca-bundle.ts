import type { Rule, RuleContext } from '../rule.ts';

/** POD-326, ARD-156. */
export const caBundle: Rule = {
  id: 'ca-bundle',
  severity: 'error',
  summary: 'The CA bundle names both a ConfigMap and a Secret, or neither.',
  hint: 'set configMapName or secretName',
  check({ instance }: RuleContext) {
    const bundle = instance.spec.security?.caBundle;
    if (bundle === undefined) return [];
    const hasConfigMap = (bundle.configMapName ?? '') !== '';
    const hasSecret = (bundle.secretName ?? '') !== '';
    if (hasConfigMap !== hasSecret) return [];
    const found = hasConfigMap ? 'both "configMapName" and "secretName"' : 'neither "configMapName" nor "secretName"';
    return [{ path: ['spec', 'security', 'caBundle'], message: `"caBundle" has ${found}; expected one of the two` }];
  },
};
