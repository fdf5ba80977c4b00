import { isLabelValue, isQualifiedName } from '../../kube/name-syntax.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const MAPS = patterns(
  'availability.nodeSelector',
  'observability.metrics.serviceMonitor.labels',
  'observability.metrics.prometheusRule.labels',
  'observability.metrics.grafanaDashboard.labels',
  'extraVolumes.*.ephemeral.volumeClaimTemplate.metadata.labels',
  'sidecarVolumes.*.ephemeral.volumeClaimTemplate.metadata.labels',
);

export const labelSyntax: Rule = {
  id: 'label-syntax',
  severity: 'error',
  summary: 'A label, or a node selector, has a key or value that Kubernetes does not accept.',
  hint: 'keys and values are at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends; a key may have a domain with "/"',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value: labels } of specPlaces(spec, MAPS)) {
      for (const [key, value] of Object.entries(labels as Record<string, string>)) {
        const place = [...path, key];
        if (!isQualifiedName(key)) {
          findings.push({
            path: place,
            part: 'key',
            message: `${safelyQuoted(key)} is not the key of a label; expected a form such as "example.com/name"`,
          });
        }
        if (!isLabelValue(value))
          findings.push({ path: place, message: `${safelyQuoted(value)} is not the value of a label; expected a single word` });
      }
    }
    return findings;
  },
};
