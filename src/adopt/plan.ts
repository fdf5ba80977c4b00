/**
 * What is left to do until an instance of the operator is one of Git. Made of what is seen alone, so that an adoption that was
 * stopped goes on where it was, and one that is complete has nothing left. The order is the measured one: Secrets before owners
 * before fields, since the engine's apply would empty a generated Secret that nobody else owns, and the instance goes last, since
 * whatever it still owned would go with it.
 */
import type { KubeObject } from '../kube/types.ts';
import { dataKeys, objectKey, objectText, type LiveObject } from './live-object.ts';
import { appliedDataKeys, entriesOf, handedOver, isUpdateBy } from './managed-fields.ts';
import { ENGINES, operatorProblems, type Adoption, type Observed, type Plan } from './observed.ts';
import { isLabelledBy, isOfInstance, isOwnedBy, KEPT_KINDS, OPERATOR_FINALIZER, SECRETS_MANAGER } from './operator.ts';
import { recordName } from './record.ts';
import type { Step } from './step.ts';
import { volumeProblems } from './volumes.ts';

export function adoptionPlan(observed: Observed, adoption: Adoption): Plan {
  const { instance, objects, rendered, record } = observed;
  const { name, namespace, deletesInstance, prunes } = adoption;
  const present = new Map(objects.map((object) => [objectKey(object), object]));
  const isRendered = new Set(rendered.map(({ object }) => objectKey(object)));
  const former = objects.filter((object) => wasOperators(object, observed, name));

  const steps: Step[] = [];
  const work = [
    ...former.flatMap((object) => ownedData(object)),
    ...pvcFirst(former).flatMap((object) => stripped(object, name)),
    ...rendered.flatMap(({ object, verdict }) => moved(object, verdict === 'changes', present.get(objectKey(object)), adoption)),
  ];
  const leftovers = former.filter((object) => !isRendered.has(objectKey(object)));
  const [kept, deletable] = [leftovers.filter(isKept), leftovers.filter((object) => !isKept(object))];
  const removal = [
    ...(deletesInstance && instance !== null ? instanceDeletion(instance) : []),
    ...(prunes ? deletable.map((object): Step => ({ type: 'delete', object })) : []),
  ];
  const isBegun = record !== null || instance === null;
  if (!isBegun && (work.length > 0 || removal.length > 0)) steps.push({ type: 'record', name: recordName(name) });
  steps.push(...work, ...removal);

  const problems = steps.length === 0 ? [] : [...operatorProblems(observed, adoption), ...volumeProblems(observed, adoption)];
  if (instance === null && former.length === 0 && record === null && steps.length > 0)
    problems.push(
      `there is no OpenClawInstance/${name} in namespace ${namespace}, and nothing of one; let the engine apply what is rendered`,
    );
  for (const { object, verdict } of rendered)
    if (typeof verdict === 'object') problems.push(`the API server refuses ${objectText(object)} as it is rendered: ${verdict.refusal}`);

  const notes: string[] = [];
  for (const { object, verdict } of rendered)
    if (verdict === 'kind is not served') notes.push(`${objectText(object)} is left out: the cluster does not know its kind`);
    else if (isStarted(object, present.get(objectKey(object))))
      notes.push(
        `${objectText(object)} is scaled to 0 in the cluster and not in Git: the agent starts; suspend it there to keep it stopped`,
      );
  if (deletable.length > 0 && !prunes) notes.push(`made by the operator and not rendered: ${listOf(deletable)}; --prune deletes them`);
  if (kept.length > 0) notes.push(`made by the operator, not rendered, and never deleted here: ${listOf(kept)}`);
  if (instance !== null && !deletesInstance)
    notes.push(
      `OpenClawInstance/${name} is still there, and a running operator would take everything back; --delete-instance deletes it alone`,
    );
  return { problems, steps, notes };
}

function isStarted(object: KubeObject, live: LiveObject | undefined): boolean {
  return object.kind === 'StatefulSet' && live !== undefined && replicasOf(live) === 0 && (replicasOf(object) ?? 0) > 0;
}

function replicasOf(object: KubeObject | LiveObject): number | undefined {
  return (object as unknown as { readonly spec?: { readonly replicas?: number } }).spec?.replicas;
}

/** True for what the operator made for the instance, as far as it can still be told. */
function wasOperators(object: LiveObject, { record }: Observed, name: string): boolean {
  const key = objectKey(object);
  const owned = record?.content.objects.find((recorded) => objectKey(recorded) === key);
  return isOwnedBy(object, name) || isLabelledBy(object, name) || (owned !== undefined && isOwnedBy(owned, name));
}

function isKept({ kind }: LiveObject): boolean {
  return KEPT_KINDS.includes(kind);
}

function listOf(objects: readonly LiveObject[]): string {
  return objects.map(objectText).join(', ');
}

/** What must not be lost comes first. */
function pvcFirst(objects: readonly LiveObject[]): readonly LiveObject[] {
  return objects.toSorted((left, right) => rank(left) - rank(right));
}

function rank({ kind }: LiveObject): number {
  return KEPT_KINDS.includes(kind) ? KEPT_KINDS.indexOf(kind) : KEPT_KINDS.length;
}

function ownedData(object: LiveObject): readonly Step[] {
  if (object.kind !== 'Secret') return [];
  const owned = appliedDataKeys(object, SECRETS_MANAGER);
  const keys = dataKeys(object);
  return keys.every((key) => owned.includes(key)) ? [] : [{ type: 'own-data', object, keys }];
}

function stripped(object: LiveObject, name: string): readonly Step[] {
  const owners = object.metadata.ownerReferences ?? [];
  const kept = owners.filter((owner) => !isOfInstance(owner, name));
  return kept.length === owners.length ? [] : [{ type: 'strip-owner', object, kept }];
}

function moved(object: KubeObject, changes: boolean, live: LiveObject | undefined, { engine, operatorManager }: Adoption): readonly Step[] {
  const isOperators = live !== undefined && entriesOf(live).some((entry) => isUpdateBy(entry, operatorManager));
  if (!isOperators) return changes ? [{ type: 'apply', object, isNew: live === undefined }] : [];
  const managedFields = handedOver(live, operatorManager, ENGINES[engine], leftAlone(object));
  return [
    { type: 'hand-over', object: live, managedFields },
    { type: 'apply', object, isNew: false },
  ];
}

/** Fields that were set beside the operator, under its name, and that no apply may take away. */
function leftAlone({ kind, ...object }: KubeObject): readonly (readonly string[])[] {
  const finalizers = ['f:metadata', 'f:finalizers'];
  // The class of a claim is filled in by the API server and can never change again.
  if (kind === 'PersistentVolumeClaim') return [finalizers, ['f:spec']];
  const { spec } = object as { readonly spec?: { readonly replicas?: number } };
  // Without replicas in the manifest an autoscaler counts them; taken away they would become one.
  if (kind === 'StatefulSet' && spec?.replicas === undefined) return [finalizers, ['f:spec', 'f:replicas']];
  return [finalizers];
}

/** The finalizer first: nobody runs who would take it off. Deleted already, the instance waits for nothing else. */
function instanceDeletion(object: LiveObject): readonly Step[] {
  const finalizers = object.metadata.finalizers ?? [];
  const isReleased = !finalizers.includes(OPERATOR_FINALIZER);
  const release: Step = { type: 'release-instance', object, kept: finalizers.filter((finalizer) => finalizer !== OPERATOR_FINALIZER) };
  const last: Step = { type: object.metadata.deletionTimestamp === undefined ? 'delete-instance' : 'await-deletion', object };
  return isReleased ? [last] : [release, last];
}
