/** Objects as the API server has them, and how they are named. */
import type { JsonObject } from '../lib/json.ts';

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly apiVersion?: string;
  readonly time?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: JsonObject;
  readonly subresource?: string;
}

export interface LiveMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
}

/** An object that the API server has; of a Secret only the keys, with empty values. */
export interface LiveObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: LiveMetadata;
  readonly [field: string]: unknown;
}

export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}

/** The same for every version of one object's API. */
export function objectKey({ apiVersion, kind, metadata }: ObjectName): string {
  return `${groupOf(apiVersion)}/${kind}/${metadata.name}`;
}

/** As kubectl takes it, but for the capitals. */
export function objectText({ kind, metadata }: ObjectName): string {
  return `${kind}/${metadata.name}`;
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The keys that a Secret has, whatever they hold. */
export function dataKeys(secret: LiveObject): readonly string[] {
  return Object.keys(secret['data'] ?? {}).sort();
}

/** Where client-side apply remembers what it applied, of a Secret its values too. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A Secret without what it keeps: nothing that plans, prints or remembers needs to know it. */
export function withoutValues(object: LiveObject): LiveObject {
  if (object.kind !== 'Secret') return object;
  const data = Object.fromEntries(dataKeys(object).map((key) => [key, '']));
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, data, metadata: { ...object.metadata, annotations } };
}
