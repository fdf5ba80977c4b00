import { isJsonObject, type Json } from '../lib/json.ts';
import type { Path } from '../parse/source.ts';
import type { Spec } from '../resolve/instance.ts';

export interface SpecPlace {
  readonly path: Path;
  readonly value: Json;
}

/** A place in the spec, e.g. `networking.ingress.tls.*.secretName` in parts; `*` stands for every item of a list. */
export type Pattern = readonly string[];

/** Patterns written with dots. */
export function patterns(...texts: readonly string[]): readonly Pattern[] {
  return texts.map((text) => text.split('.'));
}

/** The values of the spec at the patterns, as far as they are given. `spec.env` is left to `agentEnv`, which knows its real places. */
export function specPlaces(spec: Spec, wanted: readonly Pattern[]): SpecPlace[] {
  const places: SpecPlace[] = [];
  for (const pattern of wanted) {
    // Most of the spec is not given most of the time.
    if (Object.hasOwn(spec, pattern[0] as string)) collect(spec as unknown as Json, pattern, 0, ['spec'], places);
  }
  return places;
}

function collect(value: Json, pattern: Pattern, depth: number, path: Path, places: SpecPlace[]): void {
  const step = pattern[depth];
  if (step === undefined) {
    places.push({ path, value });
  } else if (step === '*') {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) collect(item as Json, pattern, depth + 1, [...path, index], places);
  } else if (isJsonObject(value) && Object.hasOwn(value, step)) {
    collect(value[step] as Json, pattern, depth + 1, [...path, step], places);
  }
}
