/** Schema findings in words: what was found, what was expected, and one thing to do about it. */
import type { Diagnostic, Location } from '../diagnostics/diagnostic.ts';
import { quoted } from '../diagnostics/quoted.ts';
import { FIELD_PLACES } from '../generated/field-places.ts';
import type { SchemaFinding } from '../generated/validate.js';
import { invariant } from '../lib/invariant.ts';
import { isJsonObject, type Json } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';
import type { Path } from '../parse/source.ts';
import { pathText } from '../parse/path-text.ts';
import { shown } from './shown-value.ts';

interface Fault {
  readonly finding: SchemaFinding;
  readonly path: Path;
  readonly value: Json | undefined;
  readonly location: Location;
  /** The fields that a map would have in this place. */
  readonly fieldsOfMap: () => readonly string[];
}

type Wording = Required<Pick<Diagnostic, 'message' | 'hint'>>;

/** More choices than this are not listed. */
const FEW = 8;

/** The message and hint of one finding. */
export function wordingOf(fault: Fault): Wording {
  const { finding } = fault;
  switch (finding.keyword) {
    case 'additionalProperties':
      return unknownField(fault.path, finding.detail.split(' '));
    case 'const':
    case 'enum':
      return wrongChoice(fault, listed(finding.detail));
    case 'maxItems':
    case 'maxProperties':
      return tooMany(fault, finding.detail);
    case 'maxLength':
      return tooLong(fault, finding.detail);
    case 'maximum':
    case 'minimum':
      return outOfRange(fault, ...finding.detail);
    case 'minLength':
      return { message: `"" is empty; ${pathText(fault.path)} expects text`, hint: 'fill it in' };
    case 'pattern':
      return wrongForm(fault, finding.detail);
    case 'required':
      return missing(fault.path);
    case 'type':
      return wrongType(fault, listed(finding.detail));
    case 'uniqueItems':
      return repeated(fault);
    default:
      return finding satisfies never;
  }
}

function listed(detail: string | readonly string[]): readonly string[] {
  return typeof detail === 'string' ? [detail] : detail;
}

function unknownField(path: Path, known: readonly string[]): Wording {
  const name = String(path.at(-1));
  const found = `${quoted(name)} is not a field of ${pathText(path.slice(0, -1))}`;
  const places = FIELD_PLACES.split(' ').filter((place) => place.endsWith(`.${name}`));
  // What stands in lists are Kubernetes' types, whose fields have the names of ours now and then.
  if (places.length > 0 && !path.some((step) => typeof step === 'number')) {
    const where = places.map((place) => place.slice(0, -name.length - 1)).join(' or ');
    return { message: `${found}; expected it in ${where}`, hint: `move it to ${where}` };
  }
  const near = nearest(name, known);
  if (near !== null) return { message: `${found}; did you mean ${quoted(near)}?`, hint: `rename it to ${quoted(near)}, or delete it` };
  if (known.length <= FEW) return { message: `${found}; expected ${choices(known)}`, hint: 'delete it, or use one of these' };
  return { message: found, hint: 'delete it, or look for its right name with "openclaw-gitops schema"' };
}

function missing(path: Path): Wording {
  const name = String(path.at(-1));
  return {
    message: `${quoted(name)} is missing in ${pathText(path.slice(0, -1))}; expected a value`,
    hint: `add "${name}:" with its value`,
  };
}

function wrongType(fault: Fault, expected: readonly string[]): Wording {
  const { path, value } = fault;
  // Text in place of a reference may well be the secret itself.
  const text = typeof value === 'string' && (expected.includes('object') || expected.includes('array')) ? null : shown(fault);
  const noun = nounFor(value, expected);
  const found = text === null ? `${noun} is given` : `${text} is ${noun}`;
  return {
    message: `${found}; ${pathText(path)} expects ${expected.map((type) => TYPES[type]).join(' or ')}`,
    hint: hintForType(expected, fault),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  object: 'a map',
  string: 'text',
};

function nounFor(value: Json | undefined, expected: readonly string[] = []): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isJsonObject(value)) return 'a map';
  if (typeof value === 'number') return expected.includes('integer') && !Number.isInteger(value) ? 'a fraction' : 'a number';
  return typeof value === 'string' ? 'text' : 'a boolean';
}

function hintForType(expected: readonly string[], { value, fieldsOfMap }: Fault): string {
  const isScalar = typeof value !== 'object';
  if (value === null) return 'delete the empty item, or fill it in';
  if (expected.includes('string')) return isScalar ? 'put it into quotes' : 'write text; what starts with "{" or "[" needs quotes';
  if (expected.includes('boolean')) return 'write true or false, without quotes';
  if (expected.includes('integer'))
    return typeof value === 'string' && /^-?\d+$/.test(value) ? 'remove the quotes' : 'write a whole number';
  if (expected.includes('array'))
    return isScalar ? 'write it as an item of a list: "- " and the value on a line of its own' : 'start each item with "- "';
  if (!isScalar) return 'remove the "- " and write the fields of one map';
  const fields = fieldsOfMap();
  if (typeof value === 'boolean' && fields.includes('enabled')) return `write "enabled: ${value}" below it`;
  return fields.includes('name') ? 'write "name:" with the value below it' : 'write its fields below it, indented further';
}

function wrongChoice(fault: Fault, allowed: readonly string[]): Wording {
  const { value } = fault;
  const found = shown(fault) ?? nounFor(value);
  const near = typeof value === 'string' ? nearest(value, allowed) : null;
  return {
    message: `${found} is not allowed in ${pathText(fault.path)}; expected ${choices(allowed.filter((choice) => choice !== ''))}`,
    hint: near === null ? 'write one of these' : `did you mean ${quoted(near)}?`,
  };
}

function wrongForm(fault: Fault, form: string): Wording {
  const text = textOf(fault);
  const found = shown(fault);
  return {
    message: `${found ?? 'this text'} is not valid in ${pathText(fault.path)}; expected ${form}`,
    hint: text === '' ? 'fill it in' : hintForForm(text, form, found !== null),
  };
}

function textOf({ value }: Fault): string {
  invariant(typeof value === 'string', 'only text is tested for its length and form');
  return value;
}

function hintForForm(text: string, form: string, mayShow: boolean): string {
  if (form.includes('number')) return 'use a suffix that Kubernetes knows: m, k, M, G, T, Ki, Mi, Gi or Ti';
  if (!form.startsWith('lower-case')) return 'correct it here and wherever it is referred to';
  const repaired = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return mayShow && repaired !== '' ? `write ${quoted(repaired)}, for example` : 'rename it';
}

function tooLong(fault: Fault, most: number): Wording {
  const found = shown(fault) ?? 'this text';
  return {
    message: `${found} has ${textOf(fault).length} characters; ${pathText(fault.path)} expects at most ${most}`,
    hint: 'shorten it',
  };
}

function outOfRange(fault: Fault, least: number, most: number | undefined): Wording {
  const range = most === undefined ? `at least ${least}` : `${least} to ${most}`;
  const isFileMode = /mode$/i.test(String(fault.path.at(-1)));
  return {
    message: `${shown(fault) ?? 'this number'} is out of range in ${pathText(fault.path)}; expected ${range}`,
    hint: isFileMode ? 'write the mode as a decimal number: 420 is 0644 in octal' : 'write a number in this range',
  };
}

function tooMany({ path, value }: Fault, most: number): Wording {
  const count = Object.keys(value ?? {}).length;
  const isList = Array.isArray(value);
  return {
    message: `${count} ${isList ? 'items' : 'entries'} are given; ${pathText(path)} expects at most ${most}`,
    hint: isList ? `delete ${count - most} of them` : 'put the rest into a ConfigMap and name it in configMapRef',
  };
}

function choices(names: readonly string[]): string {
  const all = names.map(quoted);
  return all.length === 1 ? String(all[0]) : `${all.slice(0, -1).join(', ')} or ${String(all.at(-1))}`;
}

function repeated(fault: Fault): Wording {
  const list = pathText(fault.path.slice(0, -1));
  return { message: `${shown(fault) ?? 'this item'} is in ${list} twice; expected it once`, hint: 'delete one of them' };
}
