/** Changes against the directory's render before, which the API server would refuse, as diagnostics about the instance. */
import type { Diagnostic, Location } from '../../diagnostics/diagnostic.ts';
import { chromiumClaimName } from '../../kube/names.ts';
import { isJsonObject, valueAt, type Json, type JsonObject } from '../../lib/json.ts';
import type { ManifestGroup } from '../../output/directory.ts';
import { refusedChanges, type RefusedChange } from '../../output/immutable-fields.ts';
import { parseSources } from '../../parse/parse.ts';
import { wholeFile } from '../../parse/problem.ts';
import { IMMUTABLE_CHANGE, SILENCE_PREFIX } from '../../resolve/instance.ts';
import { outProblem } from './problem.ts';
import type { Comparison } from './render-out.ts';

/** None for what is new, for what no instance asks for, and where the instance silences them with a reason. */
export function impossible({ newText, oldText, path }: Comparison, instance: ManifestGroup['instance'], shown: string): Diagnostic[] {
  if (instance === null || oldText === null || oldText === newText) return [];
  if ((instance.asked?.annotations[SILENCE_PREFIX + IMMUTABLE_CHANGE] ?? '').trim() !== '') return [];
  const file = `${shown}/${path}`;
  return refusedChanges(objectsOf(oldText), objectsOf(newText)).map((change) => {
    const { after, before, field, object } = change;
    const values = isShort(before) && isShort(after) ? `: found ${valueText(after)}, "${file}" has ${valueText(before)}` : '';
    const message = `"${object}" cannot be changed in ${field.path.join('.')} while it exists${values}`;
    const hint = `${field.hint}; ${SILENCE_PREFIX}${IMMUTABLE_CHANGE}: REASON on the instance writes it all the same`;
    return outProblem('immutable', message, placeOf(change, instance, file), hint);
  });
}

/** Of a file with Git's conflict marks the documents that can be read. */
function objectsOf(text: string): JsonObject[] {
  return parseSources([{ name: '-', bytes: new TextEncoder().encode(text) }]).objects.map(({ value }) => value);
}

/** The first field that decides it and is set, else what is nearest to it; the instance where no field does. */
function placeOf({ field, object }: RefusedChange, { asked }: NonNullable<ManifestGroup['instance']>, file: string): Location {
  if (asked === undefined) return wholeFile(file);
  const isBrowser = object.endsWith(` ${chromiumClaimName(asked.name)}`);
  const causes = field.causes.filter((path) => path.includes('chromium') === isBrowser);
  const set = causes.find((path) => (valueAt(asked.source.value, ...path) ?? null) !== null);
  return asked.source.locate(set ?? causes[0] ?? ['metadata', 'name']);
}

/** A template may hold what nobody should read in a log. */
function isShort(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string');
  return !isJsonObject(value);
}

function valueText(value: Json | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}
