import type { Rule, RuleContext } from '../rule.ts';

export const httpRouteParents: Rule = {
  id: 'http-route-parents',
  severity: 'error',
  summary: 'An HTTPRoute names no Gateway and so is attached to none.',
  hint: 'name the Gateway',
  check({ instance: { spec } }: RuleContext) {
    const route = spec.networking?.httpRoute;
    if (route?.enabled !== true || (route.parentRefs ?? []).length > 0) return [];
    return [
      {
        path: ['spec', 'networking', 'httpRoute', 'parentRefs'],
        message: '"parentRefs" is empty; expected the name of at least one Gateway',
      },
    ];
  },
};
