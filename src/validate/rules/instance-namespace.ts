import { isDnsLabel } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const instanceNamespace: Rule = {
  id: 'instance-namespace',
  severity: 'error',
  summary: 'An instance has no namespace: neither its metadata nor an option names one.',
  hint: 'set metadata.namespace, or pass --namespace',
  check({ instance: { name, namespace } }: RuleContext) {
    const path = ['metadata', 'namespace'];
    if (namespace === '') return [{ path, message: `OpenClawInstance ${safelyQuoted(name)} has no namespace; expected one` }];
    if (isDnsLabel(namespace)) return [];
    return [
      { path, message: `${safelyQuoted(namespace)} cannot name a namespace; expected at most 63 lower-case letters, digits and "-"` },
    ];
  },
};
