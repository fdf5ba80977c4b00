import { switchNamed } from '../../resolve/chromium.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const chromiumProfileArgument: Rule = {
  id: 'chromium-profile-argument',
  severity: 'warning',
  summary: "An argument names a directory for the browser's profile, which is on its volume.",
  hint: 'delete the argument, or set spec.chromium.persistence.enabled to false',
  check({ instance: { spec }, resolved: { chromium } }: RuleContext) {
    if (chromium === null || chromium.profile === null) return [];
    return (spec.chromium?.extraArgs ?? []).flatMap((arg, index) =>
      switchNamed(arg, 'user-data-dir') === null
        ? []
        : [
            {
              path: ['spec', 'chromium', 'extraArgs', index],
              message: `${safelyQuoted(arg)} has no effect, since the profile is on its volume; expected one of the two`,
            },
          ],
    );
  },
};
