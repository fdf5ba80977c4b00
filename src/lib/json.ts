/** Plain JSON data and the few operations on it that every stage needs. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON object; arrays and null are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(keys: readonly string[], value: JsonObject, from: number): boolean {
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    if (value[key] === undefined || (index > from && key < (keys[index - 1] as string))) return false;
  }
  return true;
}

function sortedArray(items: readonly Json[]): readonly Json[] {
  let copy: Json[] | null = null;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] as Json;
    const ordered = withSortedKeys(item);
    if (ordered !== item) {
      copy ??= [...items];
      copy[index] = ordered;
    }
  }
  return copy ?? items;
}

/**
 * `value` with its keys in code-unit order at every level and without undefined fields; arrays keep their order.
 * What is in order already is returned as it is, not copied. The first `fixed` keys keep their place.
 */
export function withSortedKeys<T extends Json>(value: T, fixed = 0): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return sortedArray(value) as unknown as T;
  const object = value as JsonObject;
  const keys = Object.keys(object);
  let arranged = keys;
  let changed = !inOrder(keys, object, fixed);
  if (changed) arranged = [...keys.slice(0, fixed), ...keys.slice(fixed).sort()].filter((key) => object[key] !== undefined);
  const items = arranged.map((key) => {
    const item = object[key] as Json;
    const ordered = withSortedKeys(item);
    if (ordered !== item) changed = true;
    return ordered;
  });
  if (!changed) return value;
  return objectOf(arranged, items) as T;
}

/** An object with these keys and values; `__proto__` is a key like any other. */
function objectOf(keys: readonly string[], items: readonly Json[]): JsonObject {
  const result: Record<string, Json> = {};
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    if (key === '__proto__')
      Object.defineProperty(result, key, { value: items[index], enumerable: true, configurable: true, writable: true });
    else result[key] = items[index] as Json;
  }
  return result;
}

/** Two-space JSON with sorted keys and no final line break: equal values give equal text. */
export function prettyJson(value: Json): string {
  return JSON.stringify(withSortedKeys(value), null, 2);
}

/** The value at `path`, or undefined where a step is missing or not an object. */
export function valueAt(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let current: Json | undefined = value;
  for (const key of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/**
 * `winner` over `base`, objects merged key by key, everything else replaced whole: a key that `winner` has wins, null included.
 * Only own keys count and `__proto__` is an ordinary key.
 */
export function mergeJson(base: JsonObject, winner: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const key of Object.keys(winner)) {
    const value = winner[key] as Json;
    const below = Object.hasOwn(base, key) ? base[key] : undefined;
    const item = isJsonObject(below) && isJsonObject(value) ? mergeJson(below, value) : value;
    if (key === '__proto__') Object.defineProperty(merged, key, { value: item, enumerable: true, configurable: true, writable: true });
    else merged[key] = item;
  }
  return merged;
}
