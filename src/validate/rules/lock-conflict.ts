import { OFFICIAL_REPOSITORY } from '../../resolve/image.ts';
import { lockedDigest } from '../../resolve/lock.ts';
import { imageFields } from '../image-fields.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** The instance's own digest is the nearer statement and counts, but one of the two is out of date. */
export const lockConflict: Rule = {
  id: 'lock-conflict',
  severity: 'warning',
  summary: 'An image has a tag and a digest, and the lock has another digest for that tag; the digest of the instance counts.',
  hint: 'remove the digest from the instance, so that the lock decides, or the tag, so that it says nothing untrue',
  check({ instance, resolved }: RuleContext) {
    if (resolved.imageDigests.size === 0) return [];
    const findings: Finding[] = [];
    for (const { path, repository, tag, digest } of imageFields(instance.spec)) {
      const name = repository === '' && path.length === 2 ? OFFICIAL_REPOSITORY : repository;
      if (name === '' || tag === undefined || tag === '' || digest === '') continue;
      const locked = lockedDigest(resolved, `${name}:${tag}`);
      if (locked !== undefined && locked !== digest)
        findings.push({ path: [...path, 'digest'], message: differs(`${name}:${tag}`, locked) });
    }
    for (const { container, path } of userContainers(instance)) {
      const [tagged = '', digest] = container.image.split('@');
      const locked = resolved.imageDigests.get(tagged);
      if (digest !== undefined && locked !== undefined && locked !== digest)
        findings.push({ path: [...path, 'image'], message: differs(tagged, locked) });
    }
    return findings;
  },
};

function differs(image: string, locked: string): string {
  return `the lock has ${locked} for "${image}"; expected the same digest here`;
}
