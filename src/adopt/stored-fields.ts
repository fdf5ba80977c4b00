import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';

/**
 * The owned fields that the object has. The API server also notes who said what it does not keep, such as `hostNetwork: false`, which
 * Flux leaves out before it applies.
 */
export function storedFields(fields: JsonObject, value: Json): JsonObject {
  const stored: Record<string, Json> = {};
  for (const [key, below] of Object.entries(fields)) {
    const found = key === '.' ? value : valueAt(value, key);
    if (found === undefined) continue;
    if (!isJsonObject(below) || Object.keys(below).length === 0) stored[key] = below;
    else {
      const kept = storedFields(below, found);
      if (Object.keys(kept).length > 0) stored[key] = kept;
    }
  }
  return stored;
}

/** A field by its name, an item of a list by its keys or by itself; a form of path that nobody knows leads to the whole and so counts. */
function valueAt(value: Json, key: string): Json | undefined {
  const path = key.slice(2);
  if (key.startsWith('f:')) return isJsonObject(value) ? value[path] : undefined;
  if (!Array.isArray(value)) return key.startsWith('k:') || key.startsWith('v:') ? undefined : value;
  const items: readonly Json[] = value;
  // The server's JSON of a text is not ours: it escapes more characters.
  if (key.startsWith('v:')) return items.find((item) => item === JSON.parse(path));
  if (!key.startsWith('k:')) return value;
  const keys = Object.entries(JSON.parse(path) as JsonObject);
  return items.find((item) => isJsonObject(item) && keys.every(([name, wanted]) => item[name] === wanted));
}
