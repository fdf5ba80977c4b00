/**
 * What the API server never lets anybody change of an object that is there. `render --out` knows the objects of the render before, and so
 * can refuse in a review what an engine would find out in the cluster. `npm run e2e:cluster` measures every row on the real server.
 */
import { valueAt, withSortedKeys, type Json, type JsonObject } from '../lib/json.ts';
import { quantityBytes } from '../lib/quantity.ts';

export interface ImmutableField {
  readonly kind: string;
  readonly path: readonly string[];
  /** Field of the instance that decides it; the instance itself where none does. */
  readonly causes: readonly (readonly string[])[];
  /** Where not every change is refused; undefined is what is not set. */
  readonly isRefused?: (before: Json | undefined, after: Json | undefined) => boolean;
  /** The way that works. */
  readonly hint: string;
}

const PERSISTENCE = ['spec', 'storage', 'persistence'];
const BROWSER = ['spec', 'chromium', 'persistence'];
const ANOTHER_CLAIM =
  'name a new claim in spec.storage.persistence.existingClaim and copy the data into it, or delete the claim after a backup';
const MADE_AGAIN = 'delete the object in the cluster, so that the engine makes it anew';
const SET_AGAIN =
  'delete the StatefulSet with "kubectl delete --cascade=orphan", so that the engine makes it anew; the data of the old claim stays in that claim';

/** Sources are the validations of Kubernetes: pkg/apis/{core,apps,batch,rbac}/validation. */
export const IMMUTABLE_FIELDS: readonly ImmutableField[] = [
  {
    kind: 'PersistentVolumeClaim',
    path: ['spec', 'accessModes'],
    causes: [[...PERSISTENCE, 'accessModes']],
    hint: ANOTHER_CLAIM,
  },
  {
    kind: 'PersistentVolumeClaim',
    path: ['spec', 'storageClassName'],
    causes: [
      [...PERSISTENCE, 'storageClass'],
      [...BROWSER, 'storageClass'],
    ],
    // What was left open the cluster may have filled with the very value that is now said.
    isRefused: (before) => before !== undefined,
    hint: ANOTHER_CLAIM,
  },
  {
    kind: 'PersistentVolumeClaim',
    path: ['spec', 'resources', 'requests', 'storage'],
    causes: [
      [...PERSISTENCE, 'size'],
      [...BROWSER, 'size'],
    ],
    // A bound claim of a class that allows it grows.
    isRefused: (before, after) => (quantityBytes(String(after)) ?? 0n) < (quantityBytes(String(before)) ?? 0n),
    hint: `leave the size or enlarge it; for less, ${ANOTHER_CLAIM}`,
  },
  {
    kind: 'StatefulSet',
    path: ['spec', 'volumeClaimTemplates'],
    causes: [['spec', 'availability', 'autoScaling'], PERSISTENCE],
    hint: SET_AGAIN,
  },
  { kind: 'StatefulSet', path: ['spec', 'serviceName'], causes: [], hint: SET_AGAIN },
  { kind: 'StatefulSet', path: ['spec', 'podManagementPolicy'], causes: [], hint: SET_AGAIN },
  { kind: 'StatefulSet', path: ['spec', 'selector'], causes: [], hint: SET_AGAIN },
  { kind: 'Job', path: ['spec', 'template'], causes: [], hint: MADE_AGAIN },
  { kind: 'Secret', path: ['type'], causes: [], hint: MADE_AGAIN },
  { kind: 'RoleBinding', path: ['roleRef'], causes: [], hint: MADE_AGAIN },
];

/** A change that the API server would refuse. */
export interface RefusedChange {
  readonly field: ImmutableField;
  /** `PersistentVolumeClaim bot-data`. */
  readonly object: string;
  /** Undefined where it is not set. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** What of `after` the API server would refuse while the objects of `before` are there, in the order of `after`. */
export function refusedChanges(before: readonly JsonObject[], after: readonly JsonObject[]): RefusedChange[] {
  const known = new Map(before.map((object) => [identity(object), object]));
  const refused: RefusedChange[] = [];
  for (const object of after) {
    const previous = known.get(identity(object));
    if (previous === undefined) continue;
    for (const field of IMMUTABLE_FIELDS) {
      if (field.kind !== object['kind']) continue;
      const [old, now] = [valueAt(previous, ...field.path), valueAt(object, ...field.path)];
      if (isSame(old, now) || field.isRefused?.(old, now) === false) continue;
      refused.push({ field, object: `${field.kind} ${nameOf(object)}`, before: old, after: now });
    }
  }
  return refused;
}

function identity(object: JsonObject): string {
  const { apiVersion, kind, metadata } = object;
  return JSON.stringify([apiVersion, kind, valueAt(metadata, 'namespace'), valueAt(metadata, 'name')]);
}

function nameOf(object: JsonObject): string {
  return String(valueAt(object, 'metadata', 'name'));
}

function isSame(left: Json | undefined, right: Json | undefined): boolean {
  return JSON.stringify(withSortedKeys(left ?? null)) === JSON.stringify(withSortedKeys(right ?? null));
}
