import type { ObjectFieldSelector, ResourceFieldSelector } from '../../generated/openclaw-instance.ts';
import { isAnnotationKey, isQualifiedName } from '../../kube/name-syntax.ts';
import { parseQuantity } from '../../lib/quantity.ts';
import type { Path } from '../../parse/source.ts';
import { envLists } from '../env-lists.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

const OF_METADATA = ['metadata.name', 'metadata.namespace', 'metadata.uid'];
const IN_ENV = [
  ...OF_METADATA,
  'spec.host',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const IN_FILES = [...OF_METADATA, 'metadata.labels', 'metadata.annotations'];
const ONE_OF_MAP = /^metadata\.(labels|annotations)\['([^']+)'\]$/;
const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/;

/** In these very forms: the API server does not count. */
const PARTS_OF_CPU = ['1m', '1'];
const PARTS_OF_OTHERS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

function fieldFindings({ apiVersion, fieldPath }: ObjectFieldSelector, known: readonly string[], path: Path): Finding[] {
  const findings = fieldFinding(fieldPath, known, path);
  if (apiVersion !== undefined && apiVersion !== '' && apiVersion !== 'v1')
    findings.push({
      path: [...path, 'apiVersion'],
      message: `${safelyQuoted(apiVersion)} is no version of a pod; expected "v1"`,
      hint: 'remove the field',
    });
  return findings;
}

function fieldFinding(field: string, known: readonly string[], path: Path): Finding[] {
  const [, map, key = ''] = ONE_OF_MAP.exec(field) ?? [];
  if (known.includes(field) || (map === 'labels' && isQualifiedName(key)) || (map === 'annotations' && isAnnotationKey(key))) return [];
  return [
    {
      path: [...path, 'fieldPath'],
      message: `${safelyQuoted(field)} is no field of a pod that can be read here; expected one such as "metadata.name"`,
    },
  ];
}

function resourceFindings({ divisor, resource }: ResourceFieldSelector, path: Path): Finding[] {
  const [, , kind] = RESOURCE.exec(resource) ?? [];
  if (kind === undefined)
    return [
      {
        path: [...path, 'resource'],
        message: `${safelyQuoted(resource)} is no amount of a container; expected one such as "limits.memory"`,
      },
    ];
  const parts = kind === 'cpu' ? PARTS_OF_CPU : PARTS_OF_OTHERS;
  const text = String(divisor ?? 0);
  // Nothing is the same as one.
  if (parts.includes(text) || parseQuantity(text) === 0n) return [];
  return [
    {
      path: [...path, 'divisor'],
      message: `${safelyQuoted(text)} is no unit of ${safelyQuoted(resource)}; expected one of ${parts.map((part) => `"${part}"`).join(', ')}`,
      hint: 'name a unit, or remove the field',
    },
  ];
}

export const fieldReference: Rule = {
  id: 'field-reference',
  severity: 'error',
  summary: 'A variable or a file is to show a field of the pod, or an amount of a container, that Kubernetes does not show.',
  hint: "fields are those such as metadata.name or metadata.labels['key'], amounts limits and requests of cpu, memory and ephemeral-storage",
  check({ instance }: RuleContext) {
    const findings: Finding[] = [];
    for (const { entries } of envLists(instance)) {
      for (const { entry, path } of entries) {
        const { fieldRef, resourceFieldRef } = entry.valueFrom ?? {};
        const place = [...path, 'valueFrom'];
        if (fieldRef !== undefined) findings.push(...fieldFindings(fieldRef, IN_ENV, [...place, 'fieldRef']));
        if (resourceFieldRef !== undefined) findings.push(...resourceFindings(resourceFieldRef, [...place, 'resourceFieldRef']));
      }
    }
    for (const { volume, path } of userVolumes(instance)) {
      const lists = [
        { items: volume.downwardAPI?.items, place: [...path, 'downwardAPI', 'items'] },
        ...(volume.projected?.sources ?? []).map(({ downwardAPI }, index) => ({
          items: downwardAPI?.items,
          place: [...path, 'projected', 'sources', index, 'downwardAPI', 'items'],
        })),
      ];
      for (const { items = [], place } of lists) {
        for (const [index, { fieldRef, resourceFieldRef }] of items.entries()) {
          const item = [...place, index];
          if ((fieldRef === undefined) === (resourceFieldRef === undefined))
            findings.push({
              path: item,
              message: `the file shows ${fieldRef === undefined ? 'nothing' : 'two things'}; expected "fieldRef" or "resourceFieldRef"`,
            });
          if (fieldRef !== undefined) findings.push(...fieldFindings(fieldRef, IN_FILES, [...item, 'fieldRef']));
          if (resourceFieldRef === undefined) continue;
          findings.push(...resourceFindings(resourceFieldRef, [...item, 'resourceFieldRef']));
          if ((resourceFieldRef.containerName ?? '') === '')
            findings.push({
              path: [...item, 'resourceFieldRef'],
              message: 'the amount is of no container; expected "containerName"',
              hint: 'name the container',
            });
        }
      }
    }
    return findings;
  },
};
