import { claimHolder, claimUses } from '../claim-uses.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const claimShared: Rule = {
  id: 'claim-shared',
  severity: 'error',
  summary: 'A PersistentVolumeClaim is used twice: two gateways, two browsers or two programs on one directory destroy what is in it.',
  hint: 'give each state, each browser profile and each store of models a claim of its own',
  check({ instance, instances }: RuleContext) {
    const findings: Finding[] = [];
    for (const use of claimUses(instance)) {
      const first = claimHolder(instance.namespace, use.claimName, instances) ?? use;
      if (use.isRendered || (first.what === use.what && first.instance.name === instance.name)) continue;
      const whose = first.instance.name === instance.name ? 'this agent' : `OpenClawInstance ${safelyQuoted(first.instance.name)}`;
      const holds = `claim ${safelyQuoted(use.claimName)} holds the ${first.what} of ${whose}`;
      findings.push(
        first.what === 'models'
          ? // Models are files named for their content, and a pull checks them: two servers only disturb each other's downloads.
            {
              path: use.path,
              severity: 'warning',
              message: `${holds} too, and two pulls of one model at once disturb each other; expected a claim for each agent`,
              hint: 'give each Ollama a claim of its own, or let one agent alone name the models',
            }
          : { path: use.path, message: `${holds}; expected a claim for its ${use.what} alone` },
      );
    }
    return findings;
  },
};
