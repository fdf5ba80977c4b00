import { dataClaimName } from '../../kube/names.ts';
import { resolveStorage } from '../../resolve/storage.ts';
import type { Instance } from '../../resolve/instance.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const known = new WeakMap<readonly Instance[], ReadonlyMap<string, Instance>>();

/** The first instance of each claim, gathered once for the whole input. */
function firstOwners(instances: readonly Instance[]): ReadonlyMap<string, Instance> {
  const found = known.get(instances);
  if (found !== undefined) return found;
  const owners = new Map<string, Instance>();
  for (const instance of instances) {
    const { claimName } = resolveStorage(instance);
    const key = `${instance.namespace} ${claimName}`;
    // Whoever the claim is rendered for is its first owner.
    if (claimName !== '' && (!owners.has(key) || claimName === dataClaimName(instance.name))) owners.set(key, instance);
  }
  known.set(instances, owners);
  return owners;
}

export const claimShared: Rule = {
  id: 'claim-shared',
  severity: 'error',
  summary: 'Two instances use one PersistentVolumeClaim; two gateways on one state directory destroy it.',
  hint: 'give each instance a claim of its own',
  check({ instance, instances, resolved: { storage } }: RuleContext) {
    if (storage.claimName === '' || storage.rendersClaim) return [];
    const owner = firstOwners(instances).get(`${instance.namespace} ${storage.claimName}`);
    if (owner === undefined || owner.name === instance.name) return [];
    return [
      {
        path: ['spec', 'storage', 'persistence', 'existingClaim'],
        message: `claim ${safelyQuoted(storage.claimName)} is also that of OpenClawInstance ${safelyQuoted(owner.name)}; expected one instance for each claim`,
      },
    ];
  },
};
