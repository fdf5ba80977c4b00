/** The way back: everything that was there is put back as it was recorded, under the operator's name and below the instance. */
import type { KubeObject } from '../kube/types.ts';
import { isJsonObject, withSortedKeys, type Json, type JsonObject } from '../lib/json.ts';
import { STATE_DIRECTORY } from '../kube/paths.ts';
import { objectKey, objectText, type LiveObject, type OwnerReference } from './live-object.ts';
import { entriesOf, isApplyBy, isUpdateBy } from './managed-fields.ts';
import { ENGINES, operatorProblems, type Adoption, type Observed, type Plan } from './observed.ts';
import { isOfInstance, KEPT_KINDS, SECRETS_MANAGER } from './operator.ts';
import { recordName } from './record.ts';
import type { Step } from './step.ts';

export function undoPlan(observed: Observed, adoption: Adoption): Plan {
  const { instance, objects, rendered, record } = observed;
  const { name, namespace, operatorManager, prunes } = adoption;
  if (record === null)
    return {
      problems: [`there is no Secret/${recordName(name)} in namespace ${namespace}, so nothing is to be undone`],
      steps: [],
      notes: [],
    };
  const { content } = record;
  const notes = [
    'the engine must not apply the instance any more: suspend its Application or Kustomization first',
    `once an agent has started on the new manifests, its state lies in the directory "${STATE_DIRECTORY}" of the volume; the operator expects it at the root, where it must be moved back by hand`,
  ];
  const problems = [...operatorProblems(observed, adoption)];
  if (instance?.metadata.deletionTimestamp !== undefined)
    problems.push(`OpenClawInstance/${name} is being deleted; wait until it is gone, and it will be made anew`);
  const present = new Map(objects.map((object) => [objectKey(object), object]));
  const steps: Step[] = [];
  if (instance === null) steps.push({ type: 'create-instance', object: created(content.instance) });

  for (const recorded of content.objects) {
    const live = present.get(objectKey(recorded)) ?? null;
    if (live === null && KEPT_KINDS.includes(recorded.kind)) {
      notes.push(`${objectText(recorded)} is gone, and nobody here knows what it held`);
      continue;
    }
    const object = restored(recorded, live, name, instance?.metadata.uid ?? null);
    if (live === null || contentText(live) !== contentText(object) || isHeldOtherwise(live, recorded, operatorManager))
      steps.push({ type: 'restore', object, live });
  }

  const recordedKeys = new Set(content.objects.map(objectKey));
  const added = rendered.flatMap(({ object }) => {
    const live = present.get(objectKey(object));
    return live === undefined || recordedKeys.has(objectKey(object)) ? [] : [live];
  });
  const deletable = added.filter(({ kind }) => !KEPT_KINDS.includes(kind));
  if (prunes) steps.push(...deletable.map((object): Step => ({ type: 'delete', object })));
  else if (deletable.length > 0) notes.push(`made since, and left: ${deletable.map(objectText).join(', ')}; --prune deletes them`);
  const kept = added.filter(({ kind }) => KEPT_KINDS.includes(kind));
  if (kept.length > 0) notes.push(`made since, and never deleted here: ${kept.map(objectText).join(', ')}`);
  steps.push({ type: 'forget', object: record.object });
  return { problems, steps, notes };
}

/** True where fields are not the operator's any more, or still ours or an engine's since then. */
function isHeldOtherwise(live: LiveObject, recorded: LiveObject, operatorManager: string): boolean {
  const [now, before] = [entriesOf(live), entriesOf(recorded)];
  const isGone = before.some((entry) => isUpdateBy(entry, operatorManager)) && !now.some((entry) => isUpdateBy(entry, operatorManager));
  const appliers = [SECRETS_MANAGER, ...Object.values(ENGINES)];
  return isGone || appliers.some((name) => now.some((entry) => isApplyBy(entry, name)) && !before.some((entry) => isApplyBy(entry, name)));
}

/** What the API server counts itself, and what it would refuse in a new object. */
const SERVER_FIELDS = new Set([
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'generation',
  'managedFields',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
]);

function created(given: KubeObject | LiveObject): KubeObject {
  const { status: _, ...object } = given as LiveObject;
  const metadata = Object.fromEntries(Object.entries(object.metadata).filter(([key]) => !SERVER_FIELDS.has(key)));
  return { ...object, metadata };
}

/**
 * The recorded object as it can be written over the one that is there: below the instance of today, with what nobody may set back.
 */
function restored(recorded: LiveObject, live: LiveObject | null, name: string, instanceUid: string | null): KubeObject {
  // Steps of this kind wait until there is an instance: an owner that is not there would take the object with it.
  const owners = (recorded.metadata.ownerReferences ?? []).map((owner): OwnerReference =>
    isOfInstance(owner, name) && instanceUid !== null ? { ...owner, uid: instanceUid } : owner,
  );
  const { ownerReferences: _, ...others } = recorded.metadata;
  const metadata = { ...others, ...(owners.length === 0 ? {} : { ownerReferences: owners }) };
  const object: LiveObject = { ...recorded, metadata };
  if (live === null) return withoutAddresses(created(object));
  const identity = { uid: live.metadata.uid, resourceVersion: live.metadata.resourceVersion };
  const { finalizers } = live.metadata;
  const back = {
    ...object,
    metadata: { ...metadata, ...identity, ...(finalizers === undefined ? {} : { finalizers }) },
    ...(live['status'] === undefined ? {} : { status: live['status'] }),
  };
  if (recorded.kind === 'Secret') return { ...back, data: live['data'] } as KubeObject;
  // A volume never shrinks, and its other fields never change.
  if (recorded.kind === 'PersistentVolumeClaim') return { ...back, spec: live['spec'] } as KubeObject;
  if (recorded.kind === 'Service') return { ...back, spec: { ...(recorded['spec'] as object), ...addresses(live) } } as KubeObject;
  return back;
}

const ADDRESS_FIELDS = new Set(['clusterIP', 'clusterIPs']);

/** Those of a Service that was made anew are others. */
function addresses({ spec }: LiveObject): JsonObject {
  return isJsonObject(spec) ? Object.fromEntries(Object.entries(spec).filter(([key]) => ADDRESS_FIELDS.has(key))) : {};
}

function withoutAddresses(object: KubeObject): KubeObject {
  const { spec } = object as { readonly spec?: unknown };
  if (object.kind !== 'Service' || !isJsonObject(spec)) return object;
  return { ...object, spec: Object.fromEntries(Object.entries(spec).filter(([key]) => !ADDRESS_FIELDS.has(key))) } as KubeObject;
}

/** Of equal objects the same, whatever the API server counts in them. */
function contentText(object: KubeObject | LiveObject): string {
  return JSON.stringify(withSortedKeys(created(object) as unknown as Json));
}
