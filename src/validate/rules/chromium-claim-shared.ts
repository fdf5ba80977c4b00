import { resolveChromium } from '../../resolve/chromium.ts';
import type { Instance } from '../../resolve/instance.ts';
import { resolveStorage } from '../../resolve/storage.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const known = new WeakMap<readonly Instance[], ReadonlyMap<string, Use>>();

interface Use {
  readonly instance: Instance;
  readonly what: 'state' | 'browser profile';
}

/** Who uses each claim first, by namespace and name, gathered once for the whole input. */
function firstUses(instances: readonly Instance[]): ReadonlyMap<string, Use> {
  const found = known.get(instances);
  if (found !== undefined) return found;
  const uses = new Map<string, Use>();
  const note = (claim: string, use: Use): void => {
    const key = `${use.instance.namespace} ${claim}`;
    if (claim !== '' && !uses.has(key)) uses.set(key, use);
  };
  for (const instance of instances) note(resolveStorage(instance).claimName, { instance, what: 'state' });
  for (const instance of instances) note(resolveChromium(instance)?.profile?.claimName ?? '', { instance, what: 'browser profile' });
  known.set(instances, uses);
  return uses;
}

export const chromiumClaimShared: Rule = {
  id: 'chromium-claim-shared',
  severity: 'error',
  summary: "The browser's profile is on a claim that holds something else: an agent's state or another browser's profile.",
  hint: 'give the profile a claim of its own',
  check({ instance, instances, resolved: { chromium } }: RuleContext) {
    if (chromium === null || chromium.profile === null) return [];
    const { claimName } = chromium.profile;
    const use = firstUses(instances).get(`${instance.namespace} ${claimName}`);
    if (use === undefined || (use.instance === instance && use.what === 'browser profile')) return [];
    const whose = use.instance === instance ? 'this agent' : `OpenClawInstance ${safelyQuoted(use.instance.name)}`;
    return [
      {
        path: ['spec', 'chromium', 'persistence', 'existingClaim'],
        message: `claim ${safelyQuoted(claimName)} holds the ${use.what} of ${whose}; expected a claim for this profile alone`,
      },
    ];
  },
};
