import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** W-24: an account that exists is overwritten, and pruned together with the instance. */
export const serviceAccountTakenOver: Rule = {
  id: 'service-account-taken-over',
  severity: 'warning',
  summary: 'A ServiceAccount is named and rendered as well: one that exists would be taken over.',
  hint: 'set createServiceAccount to false if the account is yours',
  check({ instance, resolved: { rbac } }: RuleContext) {
    const name = instance.spec.security?.rbac?.serviceAccountName ?? '';
    if (!rbac.createsServiceAccount || name === '' || name === instance.name) return [];
    return [
      {
        path: ['spec', 'security', 'rbac', 'serviceAccountName'],
        message: `ServiceAccount ${safelyQuoted(name)} is rendered, and belongs to this instance from then on; expected a name only together with "createServiceAccount: false"`,
      },
    ];
  },
};
