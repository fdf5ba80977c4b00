import { userVolumes } from '../user-volumes.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const volumeSourceEmpty: Rule = {
  id: 'volume-source-empty',
  severity: 'warning',
  summary: 'A source of a projected volume of the user names nothing.',
  hint: 'say what the source is, or remove it',
  check({ instance }: RuleContext) {
    return userVolumes(instance).flatMap(({ volume: { projected }, path }) =>
      (projected?.sources ?? []).flatMap((source, index) =>
        Object.keys(source).length > 0
          ? []
          : [
              {
                path: [...path, 'projected', 'sources', index],
                message:
                  'the source is empty; expected one of "configMap", "secret", "downwardAPI", "serviceAccountToken" and "clusterTrustBundle"',
              },
            ],
      ),
    );
  },
};
