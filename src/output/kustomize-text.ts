/** Finds text that would not arrive by way of a kustomization. */
import { brokenByKustomize } from '../kube/kustomize-text.ts';
import { isJsonObject, valueAt, type Json, type JsonObject } from '../lib/json.ts';
import { memoByText } from '../lib/memo-by-text.ts';
import type { ManifestGroup } from './directory.ts';

export interface BrokenText {
  /** Where it is, such as `spec.env[0].value`. */
  readonly field: string;
  /** Such as `U+2028`. */
  readonly character: string;
}

const brokenIn = memoByText((text) => {
  const found = brokenByKustomize(text);
  return found === null ? null : `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
});

/** The first such text of an object; null when kustomize hands all of it on. */
export function brokenText(value: Json | undefined, field = ''): BrokenText | null {
  if (typeof value === 'string') {
    const character = brokenIn(value);
    return character === null ? null : { field, character };
  }
  if (typeof value !== 'object' || value === null) return null;
  if (!isJsonObject(value)) return firstBroken(value.map((item, index) => [item, `${field}[${index}]`]));
  for (const key of Object.keys(value)) {
    const character = brokenIn(key);
    if (character !== null) return { field: `a key of ${field === '' ? 'the object' : field}`, character };
  }
  return firstBroken(Object.entries(value).map(([name, item]) => [item, field === '' ? name : `${field}.${name}`]));
}

function firstBroken(items: readonly (readonly [Json | undefined, string])[]): BrokenText | null {
  for (const [item, field] of items) {
    const found = brokenText(item, field);
    if (found !== null) return found;
  }
  return null;
}

/** The same groups; while they are read, a sentence goes to `note` for each object with such text. */
export function* watchedForBrokenText(groups: Iterable<ManifestGroup>, note: (message: string) => void): Generator<ManifestGroup> {
  for (const { instance, objects } of groups) yield { instance, objects: read(objects) };

  function* read(objects: Iterable<JsonObject>): Generator<JsonObject> {
    for (const object of objects) {
      const found = brokenText(object);
      if (found !== null) note(`${titleOf(object)} has ${found.character} in ${found.field}, which kustomize changes or refuses`);
      yield object;
    }
  }
}

function titleOf(object: JsonObject): string {
  return `${String(object['kind'])} "${String(valueAt(object, 'metadata', 'name'))}"`;
}
