import { isImageDigest, isImageReference, isImageRepository, isImageTag } from '../../kube/image-reference.ts';
import { imageFields } from '../image-fields.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userContainers } from '../user-containers.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

export const imageReference: Rule = {
  id: 'image-reference',
  severity: 'error',
  summary: 'An image, or its repository, tag or digest, is not written as registries expect it.',
  hint: 'write the repository without scheme, tag and digest, the tag without ":", and the digest as sha256: with 64 hexadecimal digits',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, repository, tag, digest } of imageFields(instance.spec)) {
      if (repository !== '' && !isImageRepository(repository)) {
        findings.push({
          path: [...path, 'repository'],
          message: `${safelyQuoted(repository)} is not the name of an image; expected a form such as "ghcr.io/openclaw/openclaw"`,
        });
      }
      if (tag !== undefined && tag !== '' && !isImageTag(tag)) {
        findings.push({
          path: [...path, 'tag'],
          message: `${safelyQuoted(tag)} is not an image tag; expected at most 128 letters, digits, "_", "." and "-"`,
        });
      }
      if (digest !== '' && !isImageDigest(digest)) {
        findings.push({
          path: [...path, 'digest'],
          message: `${safelyQuoted(digest)} is not an image digest; expected "sha256:" and 64 lower-case hexadecimal digits`,
        });
      }
    }
    for (const { container, path } of userContainers(instance)) {
      if (isImageReference(container.image)) continue;
      findings.push({
        path: [...path, 'image'],
        message: `${safelyQuoted(container.image)} is not an image; expected a form such as "ghcr.io/team/app:1.2"`,
      });
    }
    return findings;
  },
};
