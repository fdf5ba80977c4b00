import { OFFICIAL_REPOSITORY } from '../../resolve/image.ts';
import { lockedDigest } from '../../resolve/lock.ts';
import type { Resolved } from '../../resolve/resolved.ts';
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
      const name = repository || repositoryOf(resolved, String(path[1]));
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

/** The repository that a field's owner has by default; empty where the feature is off. */
function repositoryOf(resolved: Resolved, field: string): string {
  if (field === 'image') return OFFICIAL_REPOSITORY;
  const feature: unknown = resolved[field as keyof Resolved];
  const image: unknown = typeof feature === 'object' && feature !== null && 'image' in feature ? feature.image : undefined;
  // With a digest it has no tag.
  return typeof image === 'string' ? (image.split('@')[0] ?? '') : '';
}

function differs(image: string, locked: string): string {
  return `the lock has ${locked} for "${image}"; expected the same digest here`;
}
