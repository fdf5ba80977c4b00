import { INSTALL_FAILURES } from '../../resolve/installation.ts';
import { INSTANCE_ANNOTATIONS } from '../../resolve/instance.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const CHOICES: readonly string[] = INSTALL_FAILURES;

export const installFailure: Rule = {
  id: 'install-failure',
  severity: 'error',
  summary: 'The annotation about skills, plugins and tools that cannot be installed says neither "fail" nor "start".',
  hint: 'write "fail" to have the agent wait for them, or "start" to have it start without',
  check({ instance: { annotations } }: RuleContext) {
    const said = annotations[INSTANCE_ANNOTATIONS.installFailure];
    if (said === undefined || CHOICES.includes(said)) return [];
    return [
      {
        path: ['metadata', 'annotations', INSTANCE_ANNOTATIONS.installFailure],
        message: `${safelyQuoted(said)} is no choice of what happens when an installation fails; expected "fail" or "start"`,
      },
    ];
  },
};
