import type { Rule, RuleContext } from '../rule.ts';

/** The pod mounts no API token, so rights of its account serve only what brings a token of its own. */
export const rbacRulesUnused: Rule = {
  id: 'rbac-rules-unused',
  severity: 'warning',
  summary: 'security.rbac.additionalRules gives rights that the agent cannot use, since its pod has no API token.',
  hint: 'remove the rules, unless a volume of yours projects a token of this account',
  check({ instance: { spec }, resolved: { rbac, selfConfigure } }: RuleContext) {
    if (rbac.additionalRules.length === 0) return [];
    const path = ['spec', 'security', 'rbac', 'additionalRules'];
    if (!rbac.createsServiceAccount) {
      const hint = 'bind a Role of yours to the account';
      return [{ path, part: 'key' as const, hint, message: '"additionalRules" is ignored while "createServiceAccount" is false' }];
    }
    if (selfConfigure !== null) return [];
    const volumes = [...(spec.extraVolumes ?? []), ...(spec.sidecarVolumes ?? [])];
    if (volumes.some(({ projected }) => projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken !== undefined) === true))
      return [];
    return [
      { path, part: 'key' as const, message: '"additionalRules" gives rights to an account whose token no container of the pod has' },
    ];
  },
};
