/** Plain JSON data and the few operations on it that every stage needs. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a JSON object; arrays and null are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy whose object keys are in code-unit order at every level; arrays keep their order. */
export function withSortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(withSortedKeys);
  if (!isJsonObject(value)) return value;
  const sorted: [string, Json][] = [];
  for (const key of Object.keys(value).sort()) sorted.push([key, withSortedKeys(value[key] as Json)]);
  return Object.fromEntries(sorted);
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
  const merged = new Map<string, Json>(Object.entries(base));
  for (const [key, value] of Object.entries(winner)) {
    const below = merged.get(key);
    merged.set(key, isJsonObject(below) && isJsonObject(value) ? mergeJson(below, value) : value);
  }
  return Object.fromEntries(merged);
}
