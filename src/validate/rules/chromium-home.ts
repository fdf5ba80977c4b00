import type { Rule, RuleContext } from '../rule.ts';

export const chromiumHome: Rule = {
  id: 'chromium-home',
  severity: 'warning',
  summary: "A variable of the user moves the browser's home directory.",
  hint: 'delete it',
  check({ instance: { spec }, resolved: { chromium, caBundle } }: RuleContext) {
    if (chromium === null) return [];
    const why = caBundle === null ? 'hardly another directory can be written to' : 'the certificates of "security.caBundle" are below it';
    return (spec.chromium?.extraEnv ?? []).flatMap(({ name, value }, index) =>
      name === 'HOME' && value !== chromium.home
        ? [
            {
              path: ['spec', 'chromium', 'extraEnv', index, 'name'],
              message: `"HOME" is set; expected it to be left at "${chromium.home}", since ${why}`,
            },
          ]
        : [],
    );
  },
};
