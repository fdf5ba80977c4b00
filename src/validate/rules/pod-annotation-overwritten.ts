import { CONFIG_HASH, SECRET_HASH } from '../../kube/annotations.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const OURS = [CONFIG_HASH, SECRET_HASH];

export const podAnnotationOverwritten: Rule = {
  id: 'pod-annotation-overwritten',
  severity: 'warning',
  summary: 'A pod annotation of the user has the key of a hash that the renderer writes.',
  hint: 'delete it',
  check({ instance: { spec } }: RuleContext) {
    if (spec.podAnnotations === undefined) return [];
    const annotations = spec.podAnnotations;
    return OURS.filter((key) => Object.hasOwn(annotations, key)).map((key) => ({
      path: ['spec', 'podAnnotations', key],
      part: 'key' as const,
      message: `${safelyQuoted(key)} is overwritten with a hash of what the pod mounts; expected another key`,
    }));
  },
};
