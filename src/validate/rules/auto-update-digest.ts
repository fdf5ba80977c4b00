import type { Rule, RuleContext } from '../rule.ts';

export const autoUpdateDigest: Rule = {
  id: 'auto-update-digest',
  severity: 'warning',
  summary: 'Automatic updates are on and the image is pinned by a digest, so that nothing is updated.',
  hint: 'remove the digest, or switch autoUpdate off',
  check({ instance: { spec } }: RuleContext) {
    if (spec.autoUpdate?.enabled !== true || (spec.image?.digest ?? '') === '') return [];
    return [
      {
        path: ['spec', 'autoUpdate', 'enabled'],
        message: '"autoUpdate" cannot update an image that "spec.image.digest" pins; expected one of the two',
      },
    ];
  },
};
