import { REPLACED_REPOSITORY } from '../../resolve/chromium.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const chromiumImageReplaced: Rule = {
  id: 'chromium-image-replaced',
  severity: 'warning',
  summary: 'The image of the browser is one that the operator has given up; another takes its place.',
  hint: 'remove spec.chromium.image, or name another image with a tag or digest of its own',
  check({ instance: { spec }, resolved: { chromium } }: RuleContext) {
    const { repository = '', tag = '', digest = '' } = spec.chromium?.image ?? {};
    if (chromium === null || repository !== REPLACED_REPOSITORY) return [];
    const lost = digest !== '' ? 'its digest names' : tag !== '' ? 'its tag names' : null;
    return [
      {
        path: ['spec', 'chromium', 'image', 'repository'],
        message: `"${repository}" is replaced by "${chromium.image}"${lost === null ? '' : `, in which ${lost} nothing`}; expected an image that is still made`,
      },
    ];
  },
};
