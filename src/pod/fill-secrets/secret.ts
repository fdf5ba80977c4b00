import { isJsonObject, valueAt, type Json, type JsonObject } from '../../lib/json.ts';
import type { FillSecretsPlan } from '../../lib/pod-plan.ts';

export type WantedSecret = FillSecretsPlan['secrets'][number];

/** A Secret as far as filling it is concerned. */
export interface LiveSecret {
  readonly resourceVersion: string;
  readonly isImmutable: boolean;
  /** Base64 text by key; never logged. */
  readonly data: ReadonlyMap<string, string>;
  /** Keys of `data` that our field manager applied: an apply that leaves one out deletes it. */
  readonly ownedKeys: readonly string[];
}

/** The Secret in an API server's answer, or null when it is none. */
export function liveSecret(answer: Json | undefined, fieldManager: string): LiveSecret | null {
  const resourceVersion = valueAt(answer, 'metadata', 'resourceVersion');
  if (!isJsonObject(answer) || answer['kind'] !== 'Secret' || typeof resourceVersion !== 'string') return null;
  const data = new Map<string, string>();
  for (const [key, value] of Object.entries(objectAt(answer, 'data'))) if (typeof value === 'string') data.set(key, value);
  return { resourceVersion, isImmutable: answer['immutable'] === true, data, ownedKeys: ownedKeys(answer, fieldManager) };
}

/**
 * What to apply: the new values, and those that we applied before and that an apply without them would delete.
 * The resourceVersion makes the API server refuse it when anything happened to the Secret since it was read.
 */
export function applyBody(namespace: string, name: string, secret: LiveSecret, newValues: ReadonlyMap<string, string>): JsonObject {
  const data = new Map<string, string>();
  for (const key of secret.ownedKeys) data.set(key, secret.data.get(key) ?? '');
  for (const [key, value] of newValues) data.set(key, value);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, resourceVersion: secret.resourceVersion },
    data: Object.fromEntries(data),
  };
}

/** Who else owns the keys that an apply conflicted on, out of the answer's causes; empty when it conflicted on the version. */
export function conflictingOwners(answer: Json | undefined): readonly string[] {
  const causes = valueAt(answer, 'details', 'causes');
  if (!Array.isArray(causes)) return [];
  const owners: string[] = [];
  for (const cause of causes) {
    if (!isJsonObject(cause) || cause['reason'] !== 'FieldManagerConflict') continue;
    const { message } = cause;
    owners.push((typeof message === 'string' ? /"([^"]{1,128})"/.exec(message)?.[1] : undefined) ?? 'another manager');
  }
  return owners;
}

function ownedKeys(secret: JsonObject, fieldManager: string): readonly string[] {
  const keys = new Set<string>();
  const entries = valueAt(secret, 'metadata', 'managedFields');
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!isJsonObject(entry) || entry['manager'] !== fieldManager || entry['operation'] !== 'Apply') continue;
    for (const field of Object.keys(objectAt(entry, 'fieldsV1', 'f:data'))) if (field.startsWith('f:')) keys.add(field.slice(2));
  }
  return [...keys].sort();
}

function objectAt(value: JsonObject, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isJsonObject(found) ? found : {};
}
