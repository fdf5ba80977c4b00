/**
 * Check schema: whether an object is what `schema/` says. The check itself is generated; this turns what it finds into
 * diagnostics. Good input pays for the generated check only.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import {
  validateClusterDefaults,
  validateInstance,
  validateLock,
  validatePack,
  validateRender,
  type SchemaFinding,
} from '../generated/validate.js';
import { byCodeUnits } from '../lib/code-unit-order.ts';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import type { Path, SourceObject } from '../parse/source.ts';
import { withoutNulls } from '../resolve/without-nulls.ts';
import { wordingOf } from './schema-message.ts';

const CHECKS = {
  OpenClawInstance: validateInstance,
  OpenClawClusterDefaults: validateClusterDefaults,
  OpenClawLock: validateLock,
  OpenClawPack: validatePack,
  OpenClawRender: validateRender,
} as const;

/** Everything in `object` that its schema does not allow, by path; a null field counts as not written, as it does for the API server. */
export function checkSchema(object: SourceObject, kind: keyof typeof CHECKS): Diagnostic[] {
  const check = CHECKS[kind];
  if (check(object.value).length === 0) return [];
  const value = withoutNullFields(object.value);
  const findings = check(value);
  return findings
    .filter((finding) => !(finding.keyword === 'type' && findings.some((other) => other.keyword === 'enum' && other.path === finding.path)))
    .map((finding) => ({ finding, path: placeOf(finding, value) }))
    .sort((left, right) => byPath(left.path, right.path))
    .map(({ finding, path }) => {
      const location = object.locate(path, finding.keyword === 'additionalProperties' ? 'key' : 'value');
      const fieldsOfMap = () => fieldsAt(finding.path, check(withOneUnknownField(value, path)));
      return {
        severity: 'error',
        rule: `schema/${finding.keyword}`,
        ...wordingOf({ finding, path, value: valueAt(value, path), location, fieldsOfMap }),
        location,
      };
    });
}

function withoutNullFields(object: JsonObject): JsonObject {
  const fields: [string, Json][] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value !== null) fields.push([key, (key === 'spec' || key === 'metadata') && isJsonObject(value) ? withoutNulls(value) : value]);
  }
  return Object.fromEntries(fields);
}

/** The path that a message is about: the missing field, the repeated item, else what the finding names. */
function placeOf(finding: SchemaFinding, object: JsonObject): Path {
  const place: (string | number)[] = [];
  let value: Json | undefined = object;
  for (const step of finding.path.split('/').slice(1)) {
    const key: string | number = Array.isArray(value) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~');
    place.push(key);
    value = valueAt(value, [key]);
  }
  return finding.keyword === 'required' || finding.keyword === 'uniqueItems' ? [...place, finding.detail] : place;
}

function valueAt(root: Json | undefined, path: Path): Json | undefined {
  let value = root;
  for (const step of path) value = isMapOrList(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** A list is read like a map here: both have their values by key. */
function isMapOrList(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null;
}

/** The check names the fields of a map when it meets one that it does not know. */
function withOneUnknownField(value: Json | undefined, path: Path): Json {
  const [step, ...rest] = path;
  if (step === undefined) return { '?': true };
  if (Array.isArray(value)) return value.map((item: Json, index) => (index === step ? withOneUnknownField(item, rest) : item));
  return isJsonObject(value) ? { ...value, [step]: withOneUnknownField(value[step], rest) } : {};
}

function fieldsAt(path: string, findings: readonly SchemaFinding[]): readonly string[] {
  const finding = findings.find((candidate) => candidate.keyword === 'additionalProperties' && candidate.path === `${path}/?`);
  return finding?.keyword === 'additionalProperties' ? finding.detail.split(' ') : [];
}

function byPath(left: Path, right: Path): number {
  for (const [index, step] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (step === other) continue;
    return typeof step === 'number' && typeof other === 'number' ? step - other : byCodeUnits(String(step), String(other));
  }
  return left.length - right.length;
}
