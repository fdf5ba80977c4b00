import { lockedDigest } from '../../resolve/lock.ts';
import type { Rule, RuleContext } from '../rule.ts';

export const imageLatest: Rule = {
  id: 'image-latest',
  severity: 'warning',
  summary: 'The agent runs the tag latest without a digest: its version is not in Git, and changes by itself unless the lock pins it.',
  hint: 'set spec.image.tag to a version such as "2026.9.6"',
  check({ instance: { spec }, resolved }: RuleContext) {
    const { tag, digest } = spec.image ?? {};
    if ((digest ?? '') !== '' || tag === '') return [];
    const path = ['spec', 'image', 'tag'];
    if (tag === undefined) return [{ path, message: '"spec.image.tag" is not set, which means "latest"; expected a version' }];
    if (tag !== 'latest') return [];
    const isLocked = lockedDigest(resolved, resolved.image.reference) !== undefined;
    return [
      { path, message: `"latest" ${isLocked ? 'does not tell the OpenClaw version' : 'is another image tomorrow'}; expected a version` },
    ];
  },
};
