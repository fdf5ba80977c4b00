/**
 * Writes plain JSON data as YAML that every reader understands alike, be it of YAML 1.1 or 1.2: what any of them could take
 * for something else is quoted, and no line is folded. Our own, since `stringify` of the `yaml` package takes 15 to 20 times as long.
 */
import { invariant } from '../lib/invariant.ts';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { quoted, scalar } from './yaml-scalar.ts';

/** Readers take at most 1024 characters before the colon of an ordinary key. */
const LONGEST_KEY = 1000;

/** The value as one YAML document without a marker line, ending with a line break; keys in the order given. */
export function toYaml(value: Json): string {
  if (isNonEmpty(value)) return block(value, '', '');
  return `${inline(value, '')}\n`;
}

/** Members whose value is undefined are left out, as in JSON. */
function isNonEmpty(value: Json): value is JsonObject | readonly Json[] {
  if (typeof value !== 'object' || value === null) return false;
  return isJsonObject(value) ? hasMembers(value) : value.length > 0;
}

function hasMembers(map: JsonObject): boolean {
  for (const key in map) {
    if (map[key] !== undefined) return true;
  }
  return false;
}

/** The lines of a map or list at `indent`; `lead` stands before the first, which may follow a dash. */
function block(value: JsonObject | readonly Json[], indent: string, lead: string): string {
  return isJsonObject(value) ? map(value, indent, lead) : list(value, indent, lead);
}

function map(value: JsonObject, indent: string, lead: string): string {
  let text = '';
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    text += (text === '' ? lead : indent) + keyWithColon(key, indent);
    // Lists below a key are not indented, as kubectl writes them.
    if (isNonEmpty(item)) text += `\n${isJsonObject(item) ? map(item, `${indent}  `, `${indent}  `) : list(item, indent, indent)}`;
    else text += ` ${inline(item, indent)}\n`;
  }
  return text;
}

function list(value: readonly Json[], indent: string, lead: string): string {
  let text = '';
  for (const entry of value) {
    const item = entry ?? null;
    text += `${text === '' ? lead : indent}- ${isNonEmpty(item) ? block(item, `${indent}  `, '') : `${inline(item, indent)}\n`}`;
  }
  return text;
}

function keyWithColon(key: string, indent: string): string {
  if (key.length > LONGEST_KEY) return `? ${quoted(key)}\n${indent}:`;
  return `${scalar(key, null)}:`;
}

/** A scalar or an empty collection; `indent` is that of the line it stands on. */
function inline(value: Json, indent: string): string {
  if (typeof value === 'string') return scalar(value, indent);
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), 'a number to be written is not finite');
    return String(value === 0 ? 0 : value);
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  invariant(typeof value === 'object', 'a value to be written is not JSON');
  return isJsonObject(value) ? '{}' : '[]';
}
