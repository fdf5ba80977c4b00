import { valueAt } from '../../lib/json.ts';
import { configPlace, pointer } from '../config-place.ts';
import type { Rule, RuleContext } from '../rule.ts';

const PATH = ['gateway', 'auth', 'mode'];

export const gatewayAuthOff: Rule = {
  id: 'gateway-auth-off',
  severity: 'warning',
  summary: 'The configuration switches authentication off: whoever reaches the gateway rules the agent.',
  hint: 'remove gateway.auth.mode: a token is made and used',
  check(context: RuleContext) {
    if (valueAt(context.resolved.config.base, ...PATH) !== 'none') return [];
    return [
      {
        ...configPlace(context, PATH),
        message: `${pointer(PATH)} of the configuration is "none"; expected a token, a password or a trusted proxy`,
      },
    ];
  },
};
