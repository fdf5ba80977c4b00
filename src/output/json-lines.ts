import { invariant } from '../lib/invariant.ts';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { memoByText } from '../lib/memo-by-text.ts';

/** Argo CD reads each value a second time, as YAML, and refuses these even in strings unless they are escaped. */
const ESCAPED = /[\u007f-\u009f\ufffe\uffff]/g;
/** JSON.stringify writes an escape of this kind for half of a surrogate pair only; a backslash before it is itself escaped. */
const HALF_PAIR = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** The value as one line of JSON with its line break. Characters beyond U+FFFF stay as they are: as escapes Argo CD refuses them. */
export function toJsonLine(value: Json): string {
  return `${isJsonObject(value) && isJsonObject(value['data']) ? withTexts(value, value['data']) : written(value)}\n`;
}

/** A ConfigMap, the texts of its `data` written one by one: the long ones are the same in many objects and are quoted once. */
function withTexts(object: JsonObject, data: JsonObject): string {
  const members = Object.keys(object).flatMap((key) => {
    const item = object[key];
    if (item === undefined) return [];
    return `${written(key)}:${key === 'data' ? textsOf(data) : written(item)}`;
  });
  return `{${members.join(',')}}`;
}

function textsOf(data: JsonObject): string {
  const members = Object.entries(data).flatMap(([key, item]) =>
    item === undefined ? [] : `${written(key)}:${typeof item === 'string' ? quotedText(item) : written(item)}`,
  );
  return `{${members.join(',')}}`;
}

const quotedText = memoByText(written);

function written(value: Json): string {
  const text = JSON.stringify(value);
  invariant(!text.includes('\\ud') || !HALF_PAIR.test(text), 'a string to be written has half of a surrogate pair');
  return text.replaceAll(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
