/** Objects that others need come first, so that a plain `kubectl apply` works at once. Kinds that the table does not know come after it. */
import { byCodeUnits } from '../lib/code-unit-order.ts';
import type { KubeObject } from '../kube/types.ts';

const ORDER = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'CustomResourceDefinition',
  'ServiceAccount',
  'Role',
  'RoleBinding',
  'NetworkPolicy',
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'Service',
  'StatefulSet',
  'Job',
];
const RANK = new Map(ORDER.map((kind, index) => [kind, index]));

function rank(object: KubeObject): number {
  return RANK.get(object.kind) ?? ORDER.length;
}

/** A copy of `objects` by kind table, then namespace, name and apiVersion in code units. */
export function ordered(objects: readonly KubeObject[]): KubeObject[] {
  return [...objects].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      byCodeUnits(left.kind, right.kind) ||
      byCodeUnits(left.metadata.namespace ?? '', right.metadata.namespace ?? '') ||
      byCodeUnits(left.metadata.name ?? '', right.metadata.name ?? '') ||
      byCodeUnits(left.apiVersion, right.apiVersion),
  );
}
