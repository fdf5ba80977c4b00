import { LEGACY_CLASS } from '../../kube/ingress-annotations.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const ingressClassConflict: Rule = {
  id: 'ingress-class-conflict',
  severity: 'error',
  summary: 'The class of the Ingress is said twice, by its field and by the annotation of old, which Kubernetes refuses.',
  hint: 'remove the annotation',
  check({ resolved: { ingress } }: RuleContext) {
    if (ingress?.className === undefined || !Object.hasOwn(ingress.annotations, LEGACY_CLASS)) return [];
    return [
      {
        path: ['spec', 'networking', 'ingress', 'annotations', LEGACY_CLASS],
        part: 'key',
        message: `"${LEGACY_CLASS}" says the class that "className" says too; expected one of the two`,
      },
    ];
  },
};
