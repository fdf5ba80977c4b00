import { safelyQuoted } from '../safely-quoted.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const topologySpreadDuplicate: Rule = {
  id: 'topology-spread-duplicate',
  severity: 'error',
  summary: 'Two topology spread constraints have the same topology key and the same whenUnsatisfiable.',
  hint: 'delete one of them',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    const seen = new Set<string>();
    for (const [index, { topologyKey, whenUnsatisfiable }] of (spec.availability?.topologySpreadConstraints ?? []).entries()) {
      const key = `${topologyKey} ${whenUnsatisfiable}`;
      if (seen.has(key))
        findings.push({
          path: ['spec', 'availability', 'topologySpreadConstraints', index],
          message: `${safelyQuoted(topologyKey)} has a constraint with "${whenUnsatisfiable}" already; expected one`,
        });
      seen.add(key);
    }
    return findings;
  },
};
