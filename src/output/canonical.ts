/** One order of keys for every object, whatever order the user or a builder had: equal values give equal bytes. */
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import type { KubeObject } from '../kube/types.ts';

const FIRST = ['apiVersion', 'kind', 'metadata'];

/** The same value when it is in order already, so that most of what builders make is not copied. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    let copy: Json[] | null = null;
    for (const [index, item] of items.entries()) {
      const ordered = sorted(item);
      if (ordered !== item) copy ??= [...items];
      if (copy !== null) copy[index] = ordered;
    }
    return copy ?? items;
  }
  return isJsonObject(value) ? sortedObject(value, 0) : value;
}

/** `fixed` keys at the front keep their place; undefined fields disappear. */
function sortedObject(value: JsonObject, fixed: number): JsonObject {
  const keys = Object.keys(value);
  let inOrder = true;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    if (value[key] === undefined || (index > fixed && key < (keys[index - 1] as string)) || key === '__proto__') inOrder = false;
  }
  if (inOrder) {
    if (keys.every((key) => sorted(value[key] as Json) === value[key])) return value;
  } else {
    keys.splice(fixed, keys.length - fixed, ...keys.slice(fixed).sort());
  }
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, sorted(value[key] as Json)]])));
}

/** A value without undefined fields: apiVersion, kind and metadata first, all other keys in code-unit order at every level. */
export function canonical(object: KubeObject): JsonObject {
  const value = object as unknown as JsonObject;
  const head = FIRST.filter((key) => Object.hasOwn(value, key));
  const rest = Object.keys(value).filter((key) => !FIRST.includes(key));
  const arranged = Object.fromEntries([...head, ...rest].map((key) => [key, value[key] as Json]));
  return sortedObject(arranged, head.length);
}
