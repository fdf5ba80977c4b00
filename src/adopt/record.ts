/** The record of what was there before an adoption, kept in the cluster for the way back. Of Secrets it has no values. */
import { isJsonObject, type Json } from '../lib/json.ts';
import { withoutValues, type LiveObject } from './live-object.ts';

export interface AdoptionRecord {
  readonly instance: LiveObject;
  readonly objects: readonly LiveObject[];
}

const SCHEMA = 1;

/** The Secret that keeps it: what the operator puts into a ConfigMap may hold a credential. */
export function recordName(instance: string): string {
  return `${instance}-adoption`;
}

export function recordText({ instance, objects }: AdoptionRecord): string {
  return JSON.stringify({ schema: SCHEMA, instance, objects: objects.map(withoutValues) });
}

/** Null for what is no record of ours. */
export function recordOf(text: string): AdoptionRecord | null {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  if (!isJsonObject(value) || value['schema'] !== SCHEMA || !Array.isArray(value['objects'])) return null;
  const { instance, objects } = value as unknown as { readonly instance: unknown; readonly objects: readonly unknown[] };
  if (!objects.every(isObject) || !isObject(instance)) return null;
  return { instance, objects };
}

function isObject(value: unknown): value is LiveObject {
  if (!isJsonObject(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string') return false;
  return isJsonObject(value['metadata']) && typeof value['metadata']['name'] === 'string';
}
