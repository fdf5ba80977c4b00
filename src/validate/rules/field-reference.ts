import { isAnnotationKey, isQualifiedName } from '../../kube/name-syntax.ts';
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

function resourceFinding(resource: string, path: Path): Finding[] {
  if (RESOURCE.test(resource)) return [];
  return [
    { path: [...path, 'resource'], message: `${safelyQuoted(resource)} is no amount of a container; expected one such as "limits.memory"` },
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
        if (fieldRef !== undefined) findings.push(...fieldFinding(fieldRef.fieldPath, IN_ENV, [...place, 'fieldRef']));
        if (resourceFieldRef !== undefined) findings.push(...resourceFinding(resourceFieldRef.resource, [...place, 'resourceFieldRef']));
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
          if (fieldRef !== undefined) findings.push(...fieldFinding(fieldRef.fieldPath, IN_FILES, [...item, 'fieldRef']));
          if (resourceFieldRef === undefined) continue;
          findings.push(...resourceFinding(resourceFieldRef.resource, [...item, 'resourceFieldRef']));
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
