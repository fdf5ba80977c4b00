import type { Finding, Rule, RuleContext } from '../rule.ts';

/** What happens anyway: asking for it has no effect either, and needs no warning. */
const IN_EFFECT = { level: 'info', format: 'json' } as const;
const KEYS = { level: 'logging.level', format: 'logging.consoleStyle' } as const;

/** D32, W-40: these two fields never had an effect. */
export const loggingIgnored: Rule = {
  id: 'logging-ignored',
  severity: 'warning',
  summary: 'observability.logging has no effect.',
  hint: 'set the key in spec.config.raw',
  check({ instance: { spec } }: RuleContext) {
    const logging = spec.observability?.logging;
    if (logging === undefined) return [];
    const findings: Finding[] = [];
    for (const field of ['level', 'format'] as const) {
      const value = logging[field];
      if (value === undefined || value === IN_EFFECT[field]) continue;
      findings.push({
        path: ['spec', 'observability', 'logging', field],
        message: `"${value}" has no effect here; expected ${KEYS[field]} in the configuration`,
      });
    }
    return findings;
  },
};
