/** Finds positions after the fact: the document is read again, so that input without mistakes never pays for them. */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, type YAMLMap } from 'yaml';
import type { Location } from '../diagnostics/diagnostic.ts';
import type { Json } from '../lib/json.ts';
import { newBudget } from './budget.ts';
import type { TextRange } from './documents.ts';
import { placeOf, type Places } from './everyday-places.ts';
import { readEveryday, UNUSUAL } from './everyday-yaml.ts';
import { plainScalar } from './plain-scalar.ts';
import type { Path, SourceObject } from './source.ts';
import { locationAt, type SourceText } from './source-text.ts';
import { composeYaml, type YamlDocument } from './yaml-document.ts';

type Locate = SourceObject['locate'];

/**
 * Makes the `locate` of each document of one file; the document asked for last is remembered, not all of them.
 * `mayBeEveryday` says that the everyday reader may try first: of the texts that it can read it gives the same places.
 */
export function documentLocator(source: SourceText, mayBeEveryday: boolean): (range: TextRange) => Locate {
  let everyday: { readonly start: number; readonly root: Json | typeof UNUSUAL; readonly places: Places } | undefined;
  let general: { readonly start: number; readonly document: YamlDocument | null } | undefined;
  return (range) =>
    (path, part = 'value') => {
      const place = everydayPlace(range, path, part);
      if (place !== null) return locationAt(source, place.range.start, place.range.end, path.slice(0, place.reached));
      if (general?.start !== range.start)
        general = { start: range.start, document: composeYaml(source.text.slice(range.start, range.end)).document };
      return locationInDocument(source, range, general.document, path, part);
    };

  function everydayPlace(range: TextRange, path: Path, part: 'key' | 'value'): ReturnType<typeof placeOf> {
    if (!mayBeEveryday) return null;
    if (everyday?.start !== range.start) {
      const places: Places = new Map();
      everyday = { start: range.start, root: readEveryday(source.text, range, newBudget(), places), places };
    }
    return everyday.root === UNUSUAL ? null : placeOf(everyday.root, everyday.places, path, part);
  }
}

function locationInDocument(
  source: SourceText,
  range: TextRange,
  document: YamlDocument | null,
  path: Path,
  part: 'key' | 'value',
): Location {
  if (document === null || document.contents === null) return locationAt(source, range.start, range.start + 1);
  let place: Place = { key: null, value: document.contents };
  let reached = 0;
  for (const step of path) {
    const next = child(document, place.value, step);
    if (next === null) break;
    place = next;
    reached += 1;
  }
  const [start, end] = shownRange(place, reached === path.length ? part : 'key');
  return locationAt(source, range.start + start, range.start + end, path.slice(0, reached));
}

/** Nodes of the document; items of lists have no key. */
interface Place {
  readonly key: unknown;
  readonly value: unknown;
}

/** One step down, also through aliases and merge keys. */
function child(document: YamlDocument, parent: unknown, step: string | number): Place | null {
  const node = target(document, parent);
  if (isMap(node)) return entryOf(node, String(step)) ?? mergedEntry(document, node, String(step));
  if (!isSeq(node) || typeof step !== 'number' || step >= node.items.length) return null;
  return { key: null, value: node.items[step] };
}

function entryOf(map: YAMLMap, key: string): Place | null {
  return map.items.find((pair) => isScalar(pair.key) && keyText(String(pair.key.value), pair.key.type) === key) ?? null;
}

function keyText(text: string, type: string | undefined): string {
  return type === 'PLAIN' ? String(plainScalar(text)) : text;
}

function mergedEntry(document: YamlDocument, map: YAMLMap, key: string): Place | null {
  const merge = entryOf(map, '<<');
  if (merge === null) return null;
  const source = target(document, merge.value);
  for (const item of isSeq(source) ? source.items : [source]) {
    const merged = target(document, item);
    if (!isMap(merged)) continue;
    const entry = entryOf(merged, key) ?? mergedEntry(document, merged, key);
    if (entry !== null) return entry;
  }
  return null;
}

function target(document: YamlDocument, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** What to underline: a block map or list is shown by its key, or by its first key where it has none. */
function shownRange({ key, value }: Place, part: 'key' | 'value'): readonly [number, number] {
  const usesKey = key !== null && (part === 'key' || isEmpty(value) || isBlock(value));
  let node: unknown = usesKey ? key : value;
  while (isBlock(node)) {
    const first: unknown = node.items[0];
    if (first === undefined) break;
    node = isPair(first) ? first.key : first;
  }
  return rangeOf(node);
}

function rangeOf(node: unknown): readonly [number, number] {
  const [start, end] = (isNode(node) ? node.range : null) ?? [0, 0];
  return [start, end];
}

function isEmpty(node: unknown): boolean {
  const [start, end] = rangeOf(node);
  return start === end;
}

function isBlock(node: unknown): node is { readonly items: readonly unknown[] } {
  return (isMap(node) || isSeq(node)) && node.flow !== true;
}
