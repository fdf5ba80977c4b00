/** Diagnostics as results of a ResourceList, as kpt and other orchestrators show them. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { filePlaceOf } from './annotations.ts';

/** In the given order; `valueAt` finds the object of a location by its file. */
export function resultsOf(diagnostics: readonly Diagnostic[], valueAt: (file: string) => Json | undefined): JsonObject[] {
  return diagnostics.map(({ message, severity, rule, hint, location }) => {
    const value = valueAt(location.file);
    const reference = value === undefined ? null : referenceTo(value);
    const file = value === undefined ? null : filePlaceOf(value);
    return {
      message,
      severity,
      ...(reference === null ? {} : { resourceRef: reference }),
      ...(location.field === undefined || location.field === '' ? {} : { field: { path: location.field } }),
      ...(file === null ? {} : { file: { path: file.path, index: file.index } }),
      tags: { rule, ...(hint === undefined ? {} : { hint }) },
    };
  });
}

function referenceTo(value: Json): JsonObject | null {
  if (!isJsonObject(value)) return null;
  const metadata = isJsonObject(value['metadata']) ? value['metadata'] : {};
  const { name, namespace } = metadata;
  const parts = { apiVersion: value['apiVersion'], kind: value['kind'], name, namespace };
  return Object.fromEntries(Object.entries(parts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
