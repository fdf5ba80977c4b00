/** Annotations through which orchestrators of KRM functions and we talk about items (kustomize's functions-spec). */
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';

/** Any value but "false" keeps kustomize and kpt from applying the object. */
export const LOCAL_CONFIG = 'config.kubernetes.io/local-config';
/** The file that an item is from, today's name and the older one. */
export const PATHS = ['internal.config.kubernetes.io/path', 'config.kubernetes.io/path'] as const;
/** The place of the item among the documents of its file, counted from 0. */
export const INDICES = ['internal.config.kubernetes.io/index', 'config.kubernetes.io/index'] as const;

/** The annotations of an item that are text. */
export function annotationsOf(value: Json): Readonly<Record<string, string>> {
  const metadata = isJsonObject(value) ? value['metadata'] : undefined;
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  if (!isJsonObject(annotations)) return {};
  return Object.fromEntries(Object.entries(annotations).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** `object` with these annotations besides its own, all in code-unit order. */
export function annotated(object: JsonObject, annotations: Readonly<Record<string, string>>): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const own = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const all = { ...own, ...annotations };
  const sorted = Object.fromEntries(
    Object.keys(all)
      .sort()
      .map((key) => [key, all[key] ?? null]),
  );
  const { annotations: _own, ...rest } = metadata;
  return { ...object, metadata: { ...rest, annotations: sorted } };
}

export interface FilePlace {
  readonly path: string;
  readonly index: number;
}

/** Where the orchestrator keeps an item; null when it does not say. */
export function filePlaceOf(value: Json): FilePlace | null {
  const annotations = annotationsOf(value);
  const path = PATHS.map((name) => annotations[name]).find((found) => found !== undefined && found !== '');
  if (path === undefined) return null;
  const index = Number(INDICES.map((name) => annotations[name]).find((found) => found !== undefined) ?? '0');
  return { path, index: Number.isSafeInteger(index) && index >= 0 ? index : 0 };
}
