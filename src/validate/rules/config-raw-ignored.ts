import type { Rule, RuleContext } from '../rule.ts';

export const configRawIgnored: Rule = {
  id: 'config-raw-ignored',
  severity: 'warning',
  summary: 'config.raw is given together with config.configMapRef, which alone counts.',
  hint: 'delete one of the two',
  check({ instance: { spec } }: RuleContext) {
    const { config } = spec;
    if (config?.configMapRef === undefined || config.raw === undefined || Object.keys(config.raw).length === 0) return [];
    return [
      {
        path: ['spec', 'config', 'raw'],
        part: 'key' as const,
        message: '"raw" is ignored, since "configMapRef" is given; expected one of the two',
      },
    ];
  },
};
