import { bot } from '../checked.ts';
import type { RuleCases } from '../rule-case.ts';

export const ROLLOUT_CASES: RuleCases = {
  'config-rollout': [
    {
      title: 'an unknown value is refused',
      input: bot(
        '{image: {tag: "2026.9.6"}, envFrom: [{secretRef: {name: keys}}]}',
        'annotations: {gitops.openclaw.rocks/config-rollout: never}',
      ),
      expected: ['error metadata.annotations["gitops.openclaw.rocks/config-rollout"]: "never" is not known; expected "restart-only"'],
    },
    {
      title: 'a seeded configuration cannot follow a change',
      input: bot(
        '{image: {tag: "2026.9.6"}, envFrom: [{secretRef: {name: keys}}], config: {mergeMode: merge}}',
        'annotations: {gitops.openclaw.rocks/config-rollout: restart-only}',
      ),
      expected: [
        'error metadata.annotations["gitops.openclaw.rocks/config-rollout"]: "restart-only" would keep changes from the agent: its configuration is copied when the pod starts, not mounted',
      ],
    },
    {
      title: 'a mounted one can',
      input: bot(
        '{image: {tag: "2026.9.6"}, envFrom: [{secretRef: {name: keys}}]}',
        'annotations: {gitops.openclaw.rocks/config-rollout: restart-only}',
      ),
      expected: [],
    },
  ],
};
