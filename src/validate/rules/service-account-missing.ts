import type { Rule, RuleContext } from '../rule.ts';

/** D33: the pod would wait for ever for an account that nobody makes. */
export const serviceAccountMissing: Rule = {
  id: 'service-account-missing',
  severity: 'error',
  summary: 'No ServiceAccount is rendered and none is named.',
  hint: 'name an account that exists, or remove "createServiceAccount: false"',
  check({ instance: { spec } }: RuleContext) {
    const rbac = spec.security?.rbac;
    if (rbac?.createServiceAccount !== false || (rbac.serviceAccountName ?? '') !== '') return [];
    return [
      {
        path: ['spec', 'security', 'rbac', 'createServiceAccount'],
        message: '"createServiceAccount" is false and "serviceAccountName" is not set; expected the name of an account that exists',
      },
    ];
  },
};
