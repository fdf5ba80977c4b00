import { isJsonObject } from '../../lib/json.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const CONSTRAINTS = patterns(
  'availability.topologySpreadConstraints.*',
  ...['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
    `availability.affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution.*`,
    `availability.affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution.*.podAffinityTerm`,
  ]),
);

/** The API server warns too: "a null labelSelector results in matching no pod". */
export const selectorMissing: Rule = {
  id: 'selector-missing',
  severity: 'warning',
  summary: 'A constraint on where pods run selects no pods, so that it does nothing.',
  hint: 'add a "labelSelector", such as matchLabels with "openclaw.rocks/instance" and the name of the instance',
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of specPlaces(instance.spec, CONSTRAINTS)) {
      if (isJsonObject(value) && value['labelSelector'] === undefined)
        findings.push({ path, message: 'there is no "labelSelector"; expected the pods that it is about' });
    }
    return findings;
  },
};
