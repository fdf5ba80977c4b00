import type { Rule, RuleContext } from '../rule.ts';

/** POD-333, ARD-165: only an empty text asks for no tag; a tag that is left out has a default. */
export const imageTagMissing: Rule = {
  id: 'image-tag-missing',
  severity: 'error',
  summary: 'spec.image has an empty tag and no digest.',
  hint: 'name a tag or a digest, or remove the empty tag',
  check({ instance: { spec } }: RuleContext) {
    if (spec.image?.tag !== '' || (spec.image.digest ?? '') !== '') return [];
    return [{ path: ['spec', 'image', 'tag'], message: '"" is no tag, and there is no digest; expected one of the two' }];
  },
};
