import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import type { Rule, RuleContext } from '../rule.ts';

const TITLES = { ingress: 'Ingress', httpRoute: 'HTTPRoute' } as const;

export const ingressCidrsMissing: Rule = {
  id: 'ingress-cidrs-missing',
  severity: 'warning',
  summary: 'Users of an Ingress or HTTPRoute share one address, so that one who guesses tokens locks all of them out.',
  hint: `set the annotation ${INSTANCE_ANNOTATIONS.ingressCidrs} to the range of the controller's pods`,
  check({ instance, resolved: { gateway } }: RuleContext) {
    if (gateway.ingressCidrs.length > 0) return [];
    const { ingress, httpRoute } = instance.spec.networking ?? {};
    const through = ingress?.enabled === true ? 'ingress' : httpRoute?.enabled === true ? 'httpRoute' : null;
    if (through === null) return [];
    return [
      {
        path: ['spec', 'networking', through],
        part: 'key' as const,
        message: `"${INSTANCE_ANNOTATIONS.ingressCidrs}" is not set, so that all users of the ${TITLES[through]} count as one address when failed logins are counted`,
      },
    ];
  },
};
