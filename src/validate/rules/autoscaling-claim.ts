import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** POD-022: the operator leaves the claim aside without a word. */
export const autoscalingClaim: Rule = {
  id: 'autoscaling-claim',
  severity: 'warning',
  summary: 'The claim that the spec names is not used, since autoscaling makes one for each replica.',
  hint: 'switch autoscaling off to work on that volume, or remove existingClaim',
  check({ instance: { spec }, resolved: { storage } }: RuleContext) {
    const claim = spec.storage?.persistence?.existingClaim ?? '';
    if (!storage.perReplica || claim === '') return [];
    return [
      {
        path: ['spec', 'storage', 'persistence', 'existingClaim'],
        message: `nothing mounts the claim ${safelyQuoted(claim)}, because autoscaling makes one for each replica; expected one of the two`,
      },
    ];
  },
};
