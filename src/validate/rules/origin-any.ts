import type { Rule, RuleContext } from '../rule.ts';

export const originAny: Rule = {
  id: 'origin-any',
  severity: 'warning',
  summary: 'gateway.controlUiOrigins lets a page of any site talk to the Control UI.',
  hint: 'name the origins',
  check({ instance: { spec } }: RuleContext) {
    const index = spec.gateway?.controlUiOrigins?.indexOf('*') ?? -1;
    if (index < 0) return [];
    return [
      {
        path: ['spec', 'gateway', 'controlUiOrigins', index],
        message: '"*" is every site there is; expected the origins of the Control UI',
      },
    ];
  },
};
