import { isAnnotationKey } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const MAPS = patterns(
  'podAnnotations',
  'networking.service.annotations',
  'networking.ingress.annotations',
  'networking.httpRoute.annotations',
  'security.rbac.serviceAccountAnnotations',
  'extraVolumes.*.ephemeral.volumeClaimTemplate.metadata.annotations',
  'sidecarVolumes.*.ephemeral.volumeClaimTemplate.metadata.annotations',
);

export const annotationKey: Rule = {
  id: 'annotation-key',
  severity: 'error',
  summary: 'The key of an annotation is not one that Kubernetes accepts.',
  hint: 'a key is an optional domain with "/", then at most 63 letters, digits, "-", "_" and "."',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of specPlaces(spec, MAPS)) {
      for (const key of Object.keys(value as object)) {
        if (isAnnotationKey(key)) continue;
        const message = `${safelyQuoted(key)} is not the key of an annotation; expected a form such as "example.com/name"`;
        findings.push({ path: [...path, key], part: 'key', message });
      }
    }
    return findings;
  },
};
