import { configMapSizes } from '../config-map-sizes.ts';
import { MOST_BYTES } from './config-map-too-large.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** Client-side apply copies an object into an annotation of at most 262,144 bytes. */
export const LARGE_BYTES = 200_000;

export const configMapLarge: Rule = {
  id: 'config-map-large',
  severity: 'warning',
  summary: 'The configuration or the workspace files are so large that only server-side apply can apply their ConfigMap.',
  hint: 'nothing to do under Argo CD and Flux; with kubectl use "apply --server-side"',
  check(context: RuleContext) {
    return configMapSizes(context)
      .filter(({ bytes }) => bytes > LARGE_BYTES && bytes <= MOST_BYTES)
      .map(({ what, bytes, path }) => ({
        path,
        part: 'key' as const,
        message: `${bytes} bytes of ${what}; expected at most ${LARGE_BYTES}, which client-side apply can hold`,
      }));
  },
};
