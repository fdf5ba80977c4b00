import { isServiceName } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Pods carry `<name>-<hash of 10>` as a label of at most 63 characters, so the StatefulSet would never make one (D35). */
const LONGEST = 52;

export const instanceName: Rule = {
  id: 'instance-name',
  severity: 'error',
  summary: 'The name of an instance is too long or no name for a Service.',
  hint: 'rename the instance; its objects are named after it',
  check({ instance: { name } }: RuleContext) {
    const path = ['metadata', 'name'];
    if (name.length > LONGEST) {
      const message = `${safelyQuoted(name)} has ${name.length} characters; expected at most ${LONGEST}, which leaves room for the StatefulSet's revision`;
      return [{ path, message }];
    }
    if (isServiceName(name)) return [];
    return [{ path, message: `${safelyQuoted(name)} cannot name a Service; expected lower-case letters, digits and "-", a letter first` }];
  },
};
