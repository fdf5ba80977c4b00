/** One order of keys for every object, whatever order the user or a builder had: equal values give equal bytes. */
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import type { KubeObject } from '../kube/types.ts';

const FIRST = ['apiVersion', 'kind', 'metadata'];

function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    return items.map(sorted);
  }
  return isJsonObject(value) ? sortedObject(value, Object.keys(value).sort()) : value;
}

function sortedObject(value: JsonObject, keys: readonly string[]): JsonObject {
  const result: Record<string, Json> = {};
  for (const key of keys) {
    const item = value[key];
    if (item === undefined) continue;
    if (key === '__proto__') Object.defineProperty(result, key, { value: sorted(item), enumerable: true, configurable: true, writable: true });
    else result[key] = sorted(item);
  }
  return result;
}

/** A copy without undefined fields: apiVersion, kind and metadata first, all other keys in code-unit order at every level. */
export function canonical(object: KubeObject): JsonObject {
  const value = object as unknown as JsonObject;
  const rest = Object.keys(value).filter((key) => !FIRST.includes(key)).sort();
  return sortedObject(value, [...FIRST.filter((key) => Object.hasOwn(value, key)), ...rest]);
}
