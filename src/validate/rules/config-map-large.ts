import { LARGE_CONFIG_MAP_BYTES } from '../../kube/config-map-size.ts';
import { configMapSizes } from '../config-map-sizes.ts';
import { MOST_BYTES } from './config-map-too-large.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const configMapLarge: Rule = {
  id: 'config-map-large',
  severity: 'warning',
  summary:
    'The configuration, the workspace files or the files of skill packs are so large that only server-side apply can apply their ConfigMap.',
  hint: 'nothing to do under Argo CD and Flux; with kubectl use "apply --server-side"',
  check(context: RuleContext) {
    return configMapSizes(context)
      .filter(({ bytes }) => bytes > LARGE_CONFIG_MAP_BYTES && bytes <= MOST_BYTES)
      .map(({ what, bytes, path }) => ({
        path,
        part: 'key' as const,
        message: `${bytes} bytes of ${what}; expected at most ${LARGE_CONFIG_MAP_BYTES}, which client-side apply can hold`,
      }));
  },
};
