import { nearest } from '../../lib/nearest.ts';
import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const PREFIX = 'gitops.openclaw.rocks/';
const NAMES = Object.values(INSTANCE_ANNOTATIONS).map((key) => key.slice(PREFIX.length));

export const annotationUnknown: Rule = {
  id: 'annotation-unknown',
  severity: 'warning',
  summary: 'An annotation of the instance has our prefix and a name that nothing reads.',
  hint: `known are ${NAMES.join(', ')}`,
  check({ instance: { annotations } }: RuleContext) {
    return Object.keys(annotations)
      .filter((key) => key.startsWith(PREFIX) && !NAMES.includes(key.slice(PREFIX.length)))
      .map((key) => {
        const near = nearest(key.slice(PREFIX.length), NAMES);
        return {
          path: ['metadata', 'annotations', key],
          part: 'key' as const,
          message: `${safelyQuoted(key)} is read by nothing; expected an annotation that is known`,
          ...(near === null ? {} : { hint: `did you mean "${PREFIX}${near}"?` }),
        };
      });
  },
};
