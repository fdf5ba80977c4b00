import { configPlace, pointer } from '../config-place.ts';
import { literalCredentials } from '../credentials.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const configCredential: Rule = {
  id: 'config-credential',
  severity: 'error',
  summary: 'The configuration has a credential in clear, which would stand in Git and in a ConfigMap.',
  hint: 'keep it in a Secret, give it to the agent with env or envFrom, and write "${NAME}" or a SecretRef here',
  check(context: RuleContext) {
    return literalCredentials(context.resolved.config.base).map((path) => ({
      ...configPlace(context, path),
      message: `${pointer(path)} of the configuration holds a credential in clear; expected a reference to a variable`,
    }));
  },
};
