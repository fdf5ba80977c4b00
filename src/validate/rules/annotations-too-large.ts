import { utf8Bytes } from '../../kube/config-map-size.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Rule, RuleContext } from '../rule.ts';

const MAPS = patterns(
  'podAnnotations',
  'networking.service.annotations',
  'networking.ingress.annotations',
  'networking.httpRoute.annotations',
  'security.rbac.serviceAccountAnnotations',
);

/** What Kubernetes lets keys and values have together. */
const MOST_BYTES = 262_144;

/** Room for the annotations that we add. */
const OWN_BYTES = 2048;

export const annotationsTooLarge: Rule = {
  id: 'annotations-too-large',
  severity: 'error',
  summary: 'The annotations of an object are more than Kubernetes keeps.',
  hint: 'keep large texts in a ConfigMap',
  check({ instance: { spec } }: RuleContext) {
    return specPlaces(spec, MAPS).flatMap(({ path, value }) => {
      const bytes = Object.entries(value as Record<string, string>).reduce((sum, [key, text]) => sum + utf8Bytes(key) + utf8Bytes(text), 0);
      if (bytes <= MOST_BYTES - OWN_BYTES) return [];
      return [{ path, message: `the annotations have ${bytes} bytes; expected at most ${MOST_BYTES - OWN_BYTES}` }];
    });
  },
};
