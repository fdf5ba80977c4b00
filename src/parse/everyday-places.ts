/** Where the values of a document stand that the everyday reader has read: what `locate.ts` finds in the general reader's document, sooner. */
import type { TextRange } from './documents.ts';
import type { Json } from '../lib/json.ts';
import type { Path } from './source.ts';

/** A value where it was found. */
export interface FoundValue {
  /** Null for items of lists. */
  readonly key: TextRange | null;
  readonly value: Json;
  /** Null for what has lines of its own below its key or dash, and for what is not written. */
  readonly inline: TextRange | null;
}

/** The entries of each map and list by key and index, in the order of the text. */
export type Places = Map<Json, Map<string | number, FoundValue>>;

/** What to show of the value at `path` or of its nearest parent, and how many steps lead there; null where only the general reader can tell. */
export function placeOf(
  root: Json,
  places: Places,
  path: Path,
  part: 'key' | 'value',
): { readonly range: TextRange; readonly reached: number } | null {
  let found: FoundValue = { key: null, value: root, inline: null };
  let reached = 0;
  for (const step of path) {
    // The items of `["a", "b"]` are not noted.
    if (Array.isArray(found.value) && found.value.length > 0 && found.inline !== null) return null;
    const next = places.get(found.value)?.get(Array.isArray(found.value) ? step : String(step));
    if (next === undefined) break;
    found = next;
    reached += 1;
  }
  const range = shownRange(found, places, reached === path.length ? part : 'key');
  return range === null ? null : { range, reached };
}

/** A block map or list is shown by its key, or by its first key where it has none. */
function shownRange(found: FoundValue, places: Places, part: 'key' | 'value'): TextRange | null {
  if (found.key !== null && (part === 'key' || found.inline === null)) return found.key;
  let shown = found;
  while (shown.inline === null) {
    const [first] = places.get(shown.value)?.values() ?? [];
    if (first === undefined) return null;
    if (first.key !== null) return first.key;
    shown = first;
  }
  return shown.inline;
}
