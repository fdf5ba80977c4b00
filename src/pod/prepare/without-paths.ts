import { type Json, type JsonObject, isJsonObject } from '../../lib/json.ts';

/** A copy of the configuration without the value at each dotted path; a path that leads nowhere changes nothing. A number steps into a list. */
export function withoutPaths(config: JsonObject, paths: readonly string[]): JsonObject {
  let rest: Json = config;
  for (const path of paths) rest = without(rest, path.split('.'));
  return rest as JsonObject;
}

function without(value: Json, [key, ...below]: readonly string[]): Json {
  if (key === undefined) return value;
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    if (!/^\d+$/.test(key) || Number(key) >= list.length) return value;
    return below.length === 0 ? list.toSpliced(Number(key), 1) : list.with(Number(key), without(list[Number(key)] as Json, below));
  }
  // Own keys only: a path such as `constructor.name` must not reach what every object inherits.
  if (!isJsonObject(value) || !Object.hasOwn(value, key)) return value;
  const entries = Object.entries(value);
  if (below.length === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(entries.map(([name, child]) => [name, name === key ? without(child, below) : child]));
}
