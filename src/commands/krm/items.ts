/** The items of a ResourceList as the renderer takes them, each with a name for messages that its user understands. */
import type { Location } from '../../diagnostics/diagnostic.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { API_GROUP, isRendered, OWN_API_VERSION } from '../../parse/classify.ts';
import { pathText } from '../../parse/path-text.ts';
import type { ResourceItem } from '../../parse/resource-list.ts';
import type { Path, SourceObject } from '../../parse/source.ts';
import { filePlaceOf } from './annotations.ts';

/**
 * `ours`: instances and what goes with them, which no cluster takes. `rendered`: what an earlier run made. `companion`: another
 * object of Kubernetes, which instances may refer to. `foreign`: whatever else an orchestrator may send.
 */
export type Role = 'ours' | 'rendered' | 'companion' | 'foreign';

export interface Item extends ResourceItem {
  readonly role: Role;
  /** Name for messages, of this item only: the file, or its place in the list. */
  readonly place: string;
}

const OWN_API_GROUP = OWN_API_VERSION.split('/')[0]!;

export function itemsOf(list: readonly ResourceItem[]): Item[] {
  const taken = new Set<string>();
  return list.map((item, index) => {
    const file = filePlaceOf(item.value);
    const inFile = file === null ? null : file.index === 0 ? file.path : `${file.path} (document ${file.index + 1})`;
    const place = inFile === null || taken.has(inFile) ? `items[${index}]` : inFile;
    taken.add(place);
    return { ...item, place, role: roleOf(item.value) };
  });
}

function roleOf(value: Json): Role {
  if (!isJsonObject(value)) return 'foreign';
  if (isOurs(value) || holdsOurs(value)) return 'ours';
  if (isRendered(value)) return 'rendered';
  const { apiVersion, kind, metadata } = value;
  const isComplete = isText(apiVersion) && isText(kind) && isJsonObject(metadata) && isText(metadata['name']);
  return isComplete ? 'companion' : 'foreign';
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function isOurs({ apiVersion }: JsonObject): boolean {
  const group = String(apiVersion).split('/')[0];
  return group === API_GROUP || group === OWN_API_GROUP;
}

/** A list, which the renderer opens: an instance in it must not pass by unseen. */
function holdsOurs({ kind, items }: JsonObject): boolean {
  return String(kind).endsWith('List') && Array.isArray(items) && items.some((item: Json) => isJsonObject(item) && isOurs(item));
}

/** An object whose place is a field of itself: the lines of a ResourceList are no lines that its user knows. */
export function sourceObject(value: JsonObject, place: string): SourceObject {
  return { value, locate: (path) => locationOf(place, known(value, path)) };
}

export function locationOf(place: string, path: Path): Location {
  return { file: place, line: 1, column: 1, length: 1, field: path.length === 0 ? '' : pathText(path) };
}

/** `path` up to the first step that cannot be: a name where a list counts, or a field of what has none. */
function known(value: JsonObject, path: Path): Path {
  let current: Json | undefined = value;
  for (const [index, step] of path.entries()) {
    const isPossible = Array.isArray(current) ? typeof step === 'number' : current === undefined || isJsonObject(current);
    if (!isPossible) return path.slice(0, index);
    current = Array.isArray(current) ? (current[step as number] as Json | undefined) : isJsonObject(current) ? current[step] : undefined;
  }
  return path;
}
