import { POD_SECURITY_LEVELS } from '../../kube/pod-security.ts';
import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { namespaceLevel } from '../../resolve/namespace-level.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const KEY = INSTANCE_ANNOTATIONS.namespace;

export const namespaceLevelRule: Rule = {
  id: 'namespace-level',
  severity: 'error',
  summary: 'The annotation that asks for the namespace names no Pod Security level, or another one than another instance there.',
  hint: 'write it on one instance of the namespace',
  check({ instance, instances }: RuleContext) {
    const said = instance.annotations[KEY];
    if (said === undefined) return [];
    const path = ['metadata', 'annotations', KEY];
    const level = namespaceLevel(instance);
    if (level === undefined)
      return [{ path, message: `${safelyQuoted(said)} is no Pod Security level; expected ${POD_SECURITY_LEVELS.join(', ')}` }];
    // The first by name decides.
    const first = instances.find((other) => other.namespace === instance.namespace && namespaceLevel(other) !== undefined);
    if (first === undefined || namespaceLevel(first) === level) return [];
    return [{ path, message: `"${level}" is not what ${safelyQuoted(first.name)} says of the same namespace; expected one level` }];
  },
};
