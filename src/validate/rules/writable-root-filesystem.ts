import type { Rule, RuleContext } from '../rule.ts';

export const writableRootFilesystem: Rule = {
  id: 'writable-root-filesystem',
  severity: 'warning',
  summary: "The image's files can be changed in the agent's container, and what is changed there is lost with the pod.",
  hint: 'remove the field: the home directory and /tmp are writable anyway',
  check({ resolved: { security } }: RuleContext) {
    if (security.main.readOnlyRootFilesystem) return [];
    return [
      {
        path: ['spec', 'security', 'containerSecurityContext', 'readOnlyRootFilesystem'],
        message: '"readOnlyRootFilesystem" is false; expected the image to be read-only',
      },
    ];
  },
};
