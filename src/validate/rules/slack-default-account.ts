import { isJsonObject, valueAt } from '../../lib/json.ts';
import { agentVariables } from '../environment.ts';
import { pointer } from '../config-place.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

const VARIABLES: ReadonlySet<string> = new Set(['SLACK_APP_TOKEN', 'SLACK_BOT_TOKEN']);
const ACCOUNTS = ['channels', 'slack', 'accounts'];

/** Seen in OpenClaw Enterprise: the default account follows the channel's own policy, not that of any named one. */
export const slackDefaultAccount: Rule = {
  id: 'slack-default-account',
  severity: 'warning',
  summary: 'Slack has named accounts, and a token in the environment opens a default account beside them.',
  hint: 'give the variable another name and refer to it in the account',
  check(context: RuleContext) {
    const accounts = valueAt(context.resolved.config.base, ...ACCOUNTS);
    if (!isJsonObject(accounts) || Object.keys(accounts).length === 0 || Object.hasOwn(accounts, 'default')) return [];
    if (valueAt(context.resolved.config.base, 'channels', 'slack', 'enabled') === false) return [];
    return agentVariables(context)
      .filter(({ name }) => VARIABLES.has(name))
      .map(({ name, path }) => ({
        path,
        message: `${safelyQuoted(name)} opens a default account besides those of ${pointer(ACCOUNTS)}; expected only the named ones`,
      }));
  },
};
