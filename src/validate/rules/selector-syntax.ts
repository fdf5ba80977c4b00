import type { LabelSelector, NodeSelectorTerm, PodAffinityTerm, SelectorRequirement } from '../../generated/openclaw-instance.ts';
import { isDnsLabel, isDnsSubdomain, isLabelValue, isQualifiedName } from '../../kube/name-syntax.ts';
import type { Path } from '../../parse/source.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { patterns, specPlaces } from '../spec-places.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const POD_TERMS = ['podAffinity', 'podAntiAffinity'].flatMap((kind) => [
  `availability.affinity.${kind}.${REQUIRED}.*`,
  `availability.affinity.${kind}.${PREFERRED}.*.podAffinityTerm`,
]);
const CLAIM = 'ephemeral.volumeClaimTemplate.spec.selector';

const LABEL_SELECTORS = patterns(
  ...POD_TERMS.flatMap((term) => [`${term}.labelSelector`, `${term}.namespaceSelector`]),
  'availability.topologySpreadConstraints.*.labelSelector',
  'security.networkPolicy.additionalEgress.*.to.*.podSelector',
  'security.networkPolicy.additionalEgress.*.to.*.namespaceSelector',
  `extraVolumes.*.${CLAIM}`,
  `sidecarVolumes.*.${CLAIM}`,
  'extraVolumes.*.projected.sources.*.clusterTrustBundle.labelSelector',
  'sidecarVolumes.*.projected.sources.*.clusterTrustBundle.labelSelector',
);
const TOPOLOGY_KEYS = patterns(...POD_TERMS.map((term) => `${term}.topologyKey`), 'availability.topologySpreadConstraints.*.topologyKey');
/** What may add labels of the pod itself to its selector. */
const ADDING_TO_SELECTORS = patterns(...POD_TERMS, 'availability.topologySpreadConstraints.*');
const KEY_LISTS = patterns(
  ...POD_TERMS.flatMap((term) => [`${term}.matchLabelKeys.*`, `${term}.mismatchLabelKeys.*`]),
  'availability.topologySpreadConstraints.*.matchLabelKeys.*',
);
const NAMESPACES = patterns(...POD_TERMS.map((term) => `${term}.namespaces.*`));
const NODE_TERMS = patterns(
  `availability.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms.*`,
  `availability.affinity.nodeAffinity.${PREFERRED}.*.preference`,
);
const NODE_TERM_LISTS = patterns(`availability.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`);

function keyFinding(key: string, path: Path): Finding[] {
  if (isQualifiedName(key)) return [];
  return [{ path, message: `${safelyQuoted(key)} is not the key of a label; expected a form such as "example.com/name"` }];
}

function valueFinding(value: string, path: Path): Finding[] {
  if (isLabelValue(value)) return [];
  return [{ path, message: `${safelyQuoted(value)} is not the value of a label; expected a single word` }];
}

function requirement({ key, operator, values = [] }: SelectorRequirement, isOfNode: boolean, path: Path): Finding[] {
  const findings = keyFinding(key, [...path, 'key']);
  const expects = (expected: string): void => {
    findings.push({
      path,
      message: `"${operator}" has ${values.length === 0 ? 'no values' : `${values.length} values`}; expected ${expected}`,
    });
  };
  if (operator === 'Gt' || operator === 'Lt') {
    if (!isOfNode)
      findings.push({
        path: [...path, 'operator'],
        message: `"${operator}" compares numbers of nodes; expected "In", "NotIn", "Exists" or "DoesNotExist"`,
      });
    else if (values.length !== 1) expects('one');
    else findings.push(...values.flatMap((value, index) => valueFinding(value, [...path, 'values', index])));
    return findings;
  }
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) expects('at least one');
  } else if (values.length > 0) expects('none');
  return [...findings, ...values.flatMap((value, index) => valueFinding(value, [...path, 'values', index]))];
}

function labelSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector, path: Path): Finding[] {
  return [
    ...Object.entries(matchLabels).flatMap(([key, value]) => {
      const place = [...path, 'matchLabels', key];
      return [...keyFinding(key, place), ...valueFinding(value, place)];
    }),
    ...matchExpressions.flatMap((expression, index) => requirement(expression, false, [...path, 'matchExpressions', index])),
  ];
}

function nodeTerm({ matchExpressions = [], matchFields = [] }: NodeSelectorTerm, path: Path): Finding[] {
  const findings = matchExpressions.flatMap((expression, index) => requirement(expression, true, [...path, 'matchExpressions', index]));
  for (const [index, { key, operator, values = [] }] of matchFields.entries()) {
    const [name] = values;
    if (key === 'metadata.name' && (operator === 'In' || operator === 'NotIn') && values.length === 1 && name !== undefined) {
      if (!isDnsSubdomain(name))
        findings.push({
          path: [...path, 'matchFields', index, 'values', 0],
          message: `${safelyQuoted(name)} cannot be the name of a node; expected a name such as "node-1"`,
        });
      continue;
    }
    findings.push({
      path: [...path, 'matchFields', index],
      message: `${safelyQuoted(key)} is compared by "${operator}" with ${values.length} values; expected "metadata.name" with "In" or "NotIn" and one value`,
    });
  }
  return findings;
}

function keyLists({ labelSelector: selector, matchLabelKeys = [], mismatchLabelKeys = [] }: PodAffinityTerm, path: Path): Finding[] {
  const findings: Finding[] = [];
  for (const [list, keys] of Object.entries({ matchLabelKeys, mismatchLabelKeys }))
    if (keys.length > 0 && selector === undefined)
      findings.push({
        path: [...path, list],
        message: `"${list}" adds to a selector, and there is none; expected "labelSelector" beside it`,
        hint: 'add the selector, or remove the list',
      });
  const barred = new Set(mismatchLabelKeys);
  for (const [index, key] of matchLabelKeys.entries())
    if (barred.has(key))
      findings.push({
        path: [...path, 'matchLabelKeys', index],
        message: `${safelyQuoted(key)} is also in "mismatchLabelKeys"; expected it in one of both`,
        hint: 'remove it from one of the lists',
      });
  return findings;
}

export const selectorSyntax: Rule = {
  id: 'selector-syntax',
  severity: 'error',
  summary: 'A selector of labels or nodes, or its topology key, is none that Kubernetes accepts.',
  hint: 'give "In" and "NotIn" values, "Exists" and "DoesNotExist" none; keys and values have the form of labels',
  check({ instance: { spec } }: RuleContext) {
    const findings: Finding[] = [];
    for (const { path, value } of specPlaces(spec, LABEL_SELECTORS)) findings.push(...labelSelector(value as LabelSelector, path));
    for (const { path, value } of specPlaces(spec, NODE_TERMS)) findings.push(...nodeTerm(value as unknown as NodeSelectorTerm, path));
    for (const { path, value } of [...specPlaces(spec, TOPOLOGY_KEYS), ...specPlaces(spec, KEY_LISTS)])
      findings.push(...keyFinding(value as string, path));
    for (const { path, value } of specPlaces(spec, ADDING_TO_SELECTORS))
      findings.push(...keyLists(value as unknown as PodAffinityTerm, path));
    for (const { path, value } of specPlaces(spec, NODE_TERM_LISTS)) {
      if ((value as readonly unknown[]).length === 0)
        findings.push({ path, message: 'the list is empty; expected at least one term', hint: 'add a term, or delete the list' });
    }
    for (const { path, value } of specPlaces(spec, NAMESPACES)) {
      if (!isDnsLabel(value as string))
        findings.push({
          path,
          message: `${safelyQuoted(value as string)} cannot be the name of a namespace; expected one such as "agents"`,
        });
    }
    return findings;
  },
};
