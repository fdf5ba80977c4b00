/** The API server's record of who set which field, read and rewritten. */
import { isJsonObject, type JsonObject } from '../lib/json.ts';
import type { LiveObject, ManagedFieldsEntry } from './live-object.ts';

type FieldPath = readonly string[];

/** True for fields that a program has set by updates of whole objects; status and the like are other subresources. */
export function isUpdateBy({ manager, operation, subresource }: ManagedFieldsEntry, program: string): boolean {
  return manager === program && operation === 'Update' && (subresource ?? '') === '';
}

export function isApplyBy({ manager, operation, subresource }: ManagedFieldsEntry, program: string): boolean {
  return manager === program && operation === 'Apply' && (subresource ?? '') === '';
}

export function entriesOf({ metadata }: LiveObject): readonly ManagedFieldsEntry[] {
  return metadata.managedFields ?? [];
}

/** How a program owns a label or an annotation of an object; an apply that does not say it any more takes it away, other updates do not. */
export function ownership(object: LiveObject, program: string, map: 'labels' | 'annotations', name: string): 'Apply' | 'Update' | null {
  const entries = entriesOf(object).filter((entry) => owns(entry, map, name));
  if (entries.some((entry) => isApplyBy(entry, program))) return 'Apply';
  return entries.some((entry) => isUpdateBy(entry, program)) ? 'Update' : null;
}

export function isOwned(object: LiveObject, map: 'labels' | 'annotations', name: string): boolean {
  return entriesOf(object).some((entry) => owns(entry, map, name));
}

function owns({ fieldsV1 }: ManagedFieldsEntry, map: 'labels' | 'annotations', name: string): boolean {
  const metadata = fieldsV1?.['f:metadata'];
  const names = isJsonObject(metadata) ? metadata[`f:${map}`] : undefined;
  return isJsonObject(names) && `f:${name}` in names;
}

/** The keys of a Secret's or ConfigMap's data that a program owns by server-side apply. */
export function appliedDataKeys(object: LiveObject, program: string): readonly string[] {
  const data = entriesOf(object).find((entry) => isApplyBy(entry, program))?.fieldsV1?.['f:data'];
  return isJsonObject(data) ? Object.keys(data).flatMap((key) => (key.startsWith('f:') ? [key.slice(2)] : [])) : [];
}

/**
 * The record after the operator's fields have become those of an engine's server-side apply: what the engine's next apply does not
 * say, it takes away. Fields below `left` become nobody's and so stay as they are.
 */
export function handedOver(
  object: LiveObject,
  operator: string,
  engine: string,
  left: readonly FieldPath[],
): readonly ManagedFieldsEntry[] {
  const entries = entriesOf(object);
  const moved = entries.filter((entry) => isUpdateBy(entry, operator));
  const engines = entries.find((entry) => isApplyBy(entry, engine));
  const fields = [...moved.map(({ fieldsV1 = {} }) => left.reduce(without, fieldsV1)), engines?.fieldsV1 ?? {}].reduce(union);
  const time = engines?.time ?? moved[0]?.time;
  return [
    ...entries.filter((entry) => !moved.includes(entry) && entry !== engines),
    {
      manager: engine,
      operation: 'Apply',
      apiVersion: engines?.apiVersion ?? object.apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: 'FieldsV1',
      fieldsV1: fields,
    },
  ];
}

function union(left: JsonObject, right: JsonObject): JsonObject {
  const joined: Record<string, JsonObject[string]> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const other = joined[key];
    joined[key] = isJsonObject(other) && isJsonObject(value) ? union(other, value) : value;
  }
  return joined;
}

function without(fields: JsonObject, [first, ...rest]: FieldPath): JsonObject {
  if (first === undefined || !(first in fields)) return fields;
  const { [first]: value, ...others } = fields;
  if (rest.length === 0 || !isJsonObject(value)) return others;
  return { ...others, [first]: without(value, rest) };
}
