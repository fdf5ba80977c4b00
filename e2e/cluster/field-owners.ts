/** Who owns the fields of an object, and how Flux makes them its own. */
import type { ApiAnswer, ApiClient, ApiObject } from './api-client.ts';
import { manifestOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';

export const FLUX = 'kustomize-controller';
export const ARGOCD = 'argocd-controller';

/** Where client-side apply remembers what it applied. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An entry of `metadata.managedFields`. */
interface ManagedFields {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly subresource?: string;
  readonly fieldsV1: FieldTree;
}

interface FieldTree {
  readonly [field: string]: FieldTree;
}

/** Names by prefix, with the operations in which Flux takes their fields over. */
const TAKEN_OVER: readonly (readonly [string, readonly ManagedFields['operation'][]])[] = [
  ['kubectl', ['Apply', 'Update']],
  ['before-first-apply', ['Update']],
  [FLUX, ['Update']],
];

/** The owners of an object's fields, without those that report its status. */
export function fieldOwners(object: ApiObject): readonly ManagedFields[] {
  const { managedFields = [] } = object.metadata as { readonly managedFields?: readonly ManagedFields[] };
  return managedFields.filter(({ subresource }) => subresource === undefined);
}

/** The object with the labels that Flux gives everything it applies. */
export function labelledByFlux({ object }: Manifest): Manifest {
  const labels = { 'kustomize.toolkit.fluxcd.io/name': 'agents', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' };
  const labelled = manifestOf({ ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...labels } } });
  // The server reads it as YAML, where this character must be escaped; Flux does not (our rule `control-character`).
  return { ...labelled, text: labelled.text.replaceAll('\u007f', String.raw`\u007f`) };
}

/**
 * Applies as Flux does: what kubectl left behind becomes Flux's own first, so that what is not in Git goes away; likewise what the managers
 * have set that it is told to override.
 */
export async function applyAsFlux(client: ApiClient, { object, text }: Manifest, overridden: readonly string[] = []): Promise<ApiAnswer> {
  const live = await client.get(object);
  const patch = live.status === 200 ? takeOver(live.body as ApiObject, overridden) : [];
  if (patch.length > 0) {
    const path = `${await client.path(object)}?fieldManager=${FLUX}`;
    const taken = await client.send('PATCH', path, patch, 'application/json-patch+json');
    if (taken.status !== 200) return taken;
  }
  return await client.apply(object, { fieldManager: FLUX, text });
}

/** The JSON patch of the take-over; empty where Flux finds nothing of others. */
function takeOver(live: ApiObject, overridden: readonly string[]): readonly object[] {
  const patch: object[] = [];
  const { managedFields = [] } = live.metadata as { readonly managedFields?: readonly ManagedFields[] };
  const taken = managedFields.filter((entry) => isTakenOver(entry) || isOverridden(entry, overridden));
  if (taken.length > 0) {
    const own = managedFields.find(({ manager, operation, subresource }) => manager === FLUX && operation === 'Apply' && !subresource);
    const fieldsV1 = taken.reduce((fields, one) => union(fields, one.fieldsV1), own?.fieldsV1 ?? {});
    const kept = managedFields.filter((one) => one !== own && !taken.includes(one));
    const value = [{ ...(own ?? taken[0]), manager: FLUX, operation: 'Apply', fieldsV1 }, ...kept];
    patch.push({ op: 'replace', path: '/metadata/managedFields', value });
  }
  if (live.metadata.annotations?.[LAST_APPLIED] !== undefined)
    patch.push({ op: 'remove', path: `/metadata/annotations/${LAST_APPLIED.replace('/', '~1')}` });
  return patch;
}

function isTakenOver({ manager, operation, subresource }: ManagedFields): boolean {
  return !subresource && TAKEN_OVER.some(([prefix, operations]) => manager.startsWith(prefix) && operations.includes(operation));
}

function isOverridden({ manager, operation, subresource }: ManagedFields, overridden: readonly string[]): boolean {
  return !subresource && operation === 'Update' && overridden.includes(manager);
}

function union(one: FieldTree, other: FieldTree): FieldTree {
  const fields: Record<string, FieldTree> = { ...one };
  for (const [field, tree] of Object.entries(other)) fields[field] = union(fields[field] ?? {}, tree);
  return fields;
}
