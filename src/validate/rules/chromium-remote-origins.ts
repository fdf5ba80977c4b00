import { switchNamed } from '../../resolve/chromium.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const chromiumRemoteOrigins: Rule = {
  id: 'chromium-remote-origins',
  severity: 'warning',
  summary: 'Web pages are allowed to steer the browser that shows them.',
  hint: 'delete the argument: OpenClaw connects without it',
  check({ instance: { spec }, resolved: { chromium } }: RuleContext) {
    if (chromium === null) return [];
    return (spec.chromium?.extraArgs ?? []).flatMap((arg, index) =>
      switchNamed(arg, 'remote-allow-origins') === null
        ? []
        : [
            {
              path: ['spec', 'chromium', 'extraArgs', index],
              message: `${safelyQuoted(arg)} lets web pages steer the browser, with all that it is logged in to; expected no such argument`,
            },
          ],
    );
  },
};
