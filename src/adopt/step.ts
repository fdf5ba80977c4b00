/** What adoption and its undoing do to a cluster, one request or two each. Every step holds again after it was done once. */
import type { KubeObject } from '../kube/types.ts';
import { invariant } from '../lib/invariant.ts';
import { objectText, type LiveObject, type ManagedFieldsEntry, type OwnerReference } from './live-object.ts';

export type Step =
  /** Keeps what there is now, for the way back. */
  | { readonly type: 'record'; readonly name: string }
  /** Makes the data of a Secret ours, as it is. */
  | { readonly type: 'own-data'; readonly object: LiveObject; readonly keys: readonly string[] }
  /** Leaves an object with the owners that are not the instance's custom resource. */
  | { readonly type: 'strip-owner'; readonly object: LiveObject; readonly kept: readonly OwnerReference[] }
  | { readonly type: 'hand-over'; readonly object: LiveObject; readonly managedFields: readonly ManagedFieldsEntry[] }
  | { readonly type: 'apply'; readonly object: KubeObject; readonly isNew: boolean }
  | { readonly type: 'delete'; readonly object: LiveObject }
  | { readonly type: 'release-instance'; readonly object: LiveObject; readonly kept: readonly string[] }
  | { readonly type: 'delete-instance'; readonly object: LiveObject }
  | { readonly type: 'await-deletion'; readonly object: LiveObject }
  | { readonly type: 'create-instance'; readonly object: KubeObject }
  /** Puts an object back; null where it is there no more. */
  | { readonly type: 'restore'; readonly object: KubeObject; readonly live: LiveObject | null }
  | { readonly type: 'forget'; readonly object: LiveObject };

/** Steps of one phase are done together; then the cluster is looked at again before the next begins. */
const PHASES: readonly (readonly Step['type'][])[] = [
  ['record'],
  ['own-data'],
  ['strip-owner'],
  ['hand-over', 'apply'],
  ['release-instance'],
  ['delete-instance', 'await-deletion'],
  ['create-instance'],
  ['restore'],
  ['delete'],
  ['forget'],
];

/** The steps that come first, up to the next look at the cluster. */
export function firstPhase(steps: readonly Step[]): readonly Step[] {
  const [first] = steps;
  const phase = PHASES.find((types) => first !== undefined && types.includes(first.type));
  invariant(phase !== undefined, 'there is no first phase of no steps');
  return steps.filter(({ type }) => phase.includes(type));
}

/** One line on a step. */
export function stepText(step: Step): string {
  const what = step.type === 'record' ? `Secret/${step.name}` : objectText(step.object);
  switch (step.type) {
    case 'record':
      return `keep what is there now in ${what}, for --undo`;
    case 'own-data':
      return `own the data of ${what} (${step.keys.join(', ')}) by server-side apply`;
    case 'strip-owner':
      return `take the owner off ${what}`;
    case 'hand-over':
      return `hand the operator's fields of ${what} over`;
    case 'apply':
      return `${step.isNew ? 'create' : 'apply'} ${what}`;
    case 'delete':
      return `delete ${what}`;
    case 'release-instance':
      return `take the operator's finalizer off ${what}`;
    case 'delete-instance':
      return `delete ${what}, and nothing with it`;
    case 'await-deletion':
      return `wait until ${what} is gone`;
    case 'create-instance':
      return `create ${what}`;
    case 'restore':
      return `put ${what} back`;
    case 'forget':
      return `delete ${what}, which kept what was there`;
    default:
      return step satisfies never;
  }
}
