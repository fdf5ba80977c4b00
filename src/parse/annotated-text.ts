/**
 * Adds an annotation to an object's own text, every other character kept. Loaded by the KRM function only. Whether the addition is
 * right is seen by reading the new text: for text that is too unusual there is no answer, and the caller writes the value anew.
 */
import { isMap, isScalar, parseDocument, type Document, type Pair, type ParsedNode, type YAMLMap } from 'yaml';

interface Addition {
  readonly offset: number;
  /** How much of the text is replaced there. */
  readonly removed: number;
  readonly text: string;
}

/** The YAML of a list of one object, its dash at column 1, with one annotation more; null when that cannot be done. */
export function withAnnotation(text: string, name: string, value: string): string | null {
  const document = parsed(text);
  const addition = document === null ? null : additionTo(document, text, `${name}: ${JSON.stringify(value)}`);
  if (document === null || addition === null) return null;
  const result = text.slice(0, addition.offset) + addition.text + text.slice(addition.offset + addition.removed);
  const annotations = document.getIn([0, 'metadata', 'annotations'], true);
  if (!isMap(annotations)) document.setIn([0, 'metadata', 'annotations'], document.createNode({}));
  document.setIn([0, 'metadata', 'annotations', name], value);
  const again = parsed(result);
  return again !== null && JSON.stringify(again.toJS()) === JSON.stringify(document.toJS()) ? result : null;
}

/** In the failsafe schema, in which each scalar is the text that it is written with. */
function parsed(text: string): Document.Parsed | null {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  return document.errors.length === 0 ? document : null;
}

function additionTo(document: Document.Parsed, text: string, entry: string): Addition | null {
  const metadata = document.getIn([0, 'metadata'], true);
  if (!isMap<ParsedNode, ParsedNode | null>(metadata) || metadata.items.length === 0) return null;
  const pair = metadata.items.find(({ key }) => isScalar(key) && key.value === 'annotations');
  if (pair === undefined) {
    return metadata.flow === true
      ? flowEntry(metadata, text, `annotations: {${entry}}`)
      : lineAfter(metadata, text, (indent) => `${indent}annotations:\n${indent}  ${entry}\n`);
  }
  const annotations = pair.value;
  if (isScalar(annotations) || annotations === null) return emptyValue(pair, entry);
  if (!isMap<ParsedNode, ParsedNode | null>(annotations)) return null;
  return annotations.flow === true ? flowEntry(annotations, text, entry) : lineAfter(annotations, text, (indent) => `${indent}${entry}\n`);
}

/** Into `{…}`, before its end. */
function flowEntry(map: YAMLMap<ParsedNode, ParsedNode | null>, text: string, entry: string): Addition | null {
  const end = map.range?.[1];
  if (end === undefined) return null;
  const body = text.slice(0, end - 1).trimEnd();
  return { offset: body.length, removed: 0, text: map.items.length === 0 || body.endsWith(',') ? entry : `, ${entry}` };
}

/** After the last line of a map in block style, with the indentation of its first key. */
function lineAfter(map: YAMLMap<ParsedNode, ParsedNode | null>, text: string, lines: (indent: string) => string): Addition | null {
  const first = map.items[0]?.key.range?.[0];
  const last = map.items.at(-1);
  const end = (last?.value ?? last?.key)?.range?.[1];
  if (first === undefined || end === undefined) return null;
  const indent = ' '.repeat(first - (text.lastIndexOf('\n', first - 1) + 1));
  // Block text ends with its line break.
  const newline = text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end);
  return newline === -1 ? null : { offset: newline + 1, removed: 0, text: lines(indent) };
}

/** In place of nothing: `annotations:` or `annotations: null`. */
function emptyValue({ key, value }: Pair<ParsedNode, ParsedNode | null>, entry: string): Addition | null {
  if (isScalar(value) && !['', 'null', '~'].includes(String(value.value))) return null;
  const [start, end] = value?.range ?? [];
  const keyEnd = key.range?.[1];
  if (start === undefined || end === undefined || keyEnd === undefined) return null;
  return start === end
    ? { offset: keyEnd + 1, removed: 0, text: ` {${entry}}` }
    : { offset: start, removed: end - start, text: `{${entry}}` };
}
