import { configMapSizes, OWN_BYTES } from '../config-map-sizes.ts';
import type { Rule, RuleContext } from '../rule.ts';

/** The API server takes 1,048,576 bytes, ours among them. */
export const MOST_BYTES = 1_048_576 - OWN_BYTES;

export const configMapTooLarge: Rule = {
  id: 'config-map-too-large',
  severity: 'error',
  summary: 'The configuration, the workspace files or the files of skill packs do not fit into a ConfigMap.',
  hint: 'keep large files in an image, a volume or a repository that the agent clones',
  check(context: RuleContext) {
    return configMapSizes(context)
      .filter(({ bytes }) => bytes > MOST_BYTES)
      .map(({ what, bytes, path }) => ({
        path,
        part: 'key' as const,
        message: `${bytes} bytes of ${what}; expected at most ${MOST_BYTES}, which a ConfigMap can hold beside what is added`,
      }));
  },
};
