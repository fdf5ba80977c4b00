/**
 * Reads the YAML that people write every day: block maps and lists, words, simple quotes, literal text, comments.
 * Whatever else it meets - also every mistake - makes it give up, and the `yaml` package reads the document instead, so
 * that errors, positions and everything unusual have one home. What both can read they read equally: a property test compares them.
 * It is here for speed: a cold start reads the operator's full sample in 3 ms instead of 22, 1,000 small instances in 30 instead of 140.
 */
import type { Budget } from './budget.ts';
import type { TextRange } from './documents.ts';
import type { Places } from './everyday-places.ts';
import { plainScalar, startsWord } from './plain-scalar.ts';
import type { Json } from '../lib/json.ts';

/** Not read: the document is for the general reader. */
export const UNUSUAL: unique symbol = Symbol('unusual');
type Read = Json | typeof UNUSUAL;

/** Far below the limit of the general reader, which reports it. */
const DEEPEST = 50;

const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;

const KEY = /[A-Za-z_][A-Za-z0-9_./-]*:(?![^ \n])/y;
const KEYS_THAT_ARE_NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const LITERAL_HEADER = /\|(-?) *$/;
const LIST_OF_QUOTED_WORDS = /^\[ ?"[^"\\]*"(?:, ?"[^"\\]*")* ?\]$/;
/** Longer ones are rare, and an expression with a repeated group must not see megabytes. */
const LONGEST_LIST = 2000;
/** Escapes that JSON and YAML read equally. */
const SIMPLE_ESCAPES = '"\\/bfnrt';

/**
 * The value of one document, `null` for an empty one, or `UNUSUAL`.
 * The text must be free of tabs, carriage returns and control characters. Where `places` are given, it notes there what it finds.
 */
export function readEveryday(text: string, range: TextRange, budget: Budget, places: Places | null = null): Read {
  const { end } = range;
  let values = 0;

  // The current line that is neither blank nor a comment. In `- key: x` the map starts in the middle of the line: `at` and `indent` then point there.
  let lineStart = range.start;
  let lineEnd = range.start;
  let at = range.start;
  let indent = -1;
  let done = false;
  /** Where the last value ends that stands on the line of its key or dash. */
  let inlineEnd = -1;

  function toLine(start: number): void {
    let next = start;
    while (next < end) {
      let newline = text.indexOf('\n', next);
      if (newline === -1 || newline > end) newline = end;
      let first = next;
      while (first < newline && text.charCodeAt(first) === SPACE) first += 1;
      if (first < newline && text.charCodeAt(first) !== HASH) {
        lineStart = next;
        lineEnd = newline;
        at = first;
        indent = first - next;
        return;
      }
      next = newline + 1;
    }
    done = true;
    indent = -1;
  }

  function isAt(column: number): boolean {
    return !done && indent === column;
  }

  function nextLine(): void {
    toLine(lineEnd + 1);
  }

  /** The rest of a line after a value: nothing, or a comment set off by a space. */
  function isLineRest(from: number): boolean {
    const first = skipSpaces(from);
    return first === lineEnd || (text.charCodeAt(first) === HASH && first > from);
  }

  function skipSpaces(from: number): number {
    let position = from;
    while (position < lineEnd && text.charCodeAt(position) === SPACE) position += 1;
    return position;
  }

  function isDash(): boolean {
    if (text.charCodeAt(at) !== DASH) return false;
    return at + 1 === lineEnd || text.charCodeAt(at + 1) === SPACE;
  }

  function keyEnd(): number {
    KEY.lastIndex = at;
    return KEY.test(text) ? KEY.lastIndex - 1 : -1;
  }

  function block(depth: number): Read {
    if (depth > DEEPEST) return UNUSUAL;
    values += 1;
    return isDash() ? list(depth) : map(depth);
  }

  function map(depth: number): Read {
    const own = indent;
    const result: { [key: string]: Json } = {};
    while (isAt(own)) {
      const colon = keyEnd();
      if (colon === -1) break;
      const key = text.slice(at, colon);
      if (key === '__proto__' || KEYS_THAT_ARE_NOT_TEXT.test(key) || Object.hasOwn(result, key)) return UNUSUAL;
      const keyStart = at;
      let value: Read = null;
      let start = -1;
      if (isLineRest(colon + 1)) {
        nextLine();
        if (indent > own || (indent === own && isDash())) value = block(depth + 1);
        else values += 1;
      } else {
        start = skipSpaces(colon + 1);
        value = inline(start, own);
      }
      if (value === UNUSUAL) return UNUSUAL;
      result[key] = value;
      if (places !== null) note(result, key, { start: keyStart, end: colon }, value, start);
    }
    // A deeper line continues the last value, or is a mistake; an equal one that is no key is left to whoever called.
    return indent > own ? UNUSUAL : result;
  }

  function list(depth: number): Read {
    const own = indent;
    const result: Json[] = [];
    while (isAt(own) && isDash()) {
      let item: Read = null;
      let start = -1;
      if (isLineRest(at + 1)) {
        nextLine();
        if (indent > own) item = block(depth + 1);
        else values += 1;
      } else {
        at = skipSpaces(at + 1);
        if (isDash()) return UNUSUAL;
        if (keyEnd() === -1) {
          start = at;
          item = inline(at, own);
        } else {
          indent = at - lineStart;
          item = block(depth + 1);
        }
      }
      if (item === UNUSUAL) return UNUSUAL;
      if (places !== null) note(result, result.length, null, item, start);
      result.push(item);
    }
    return indent > own ? UNUSUAL : result;
  }

  function note(parent: Json, step: string | number, key: TextRange | null, value: Json, start: number): void {
    const entries = places?.get(parent) ?? new Map();
    entries.set(step, { key, value, inline: start === -1 ? null : { start, end: inlineEnd } });
    places?.set(parent, entries);
  }

  /** A value that starts on the line of its key or dash; moves to the next line. */
  function inline(from: number, parentIndent: number): Read {
    values += 1;
    inlineEnd = lineEnd;
    const first = text.charCodeAt(from);
    if (first === 0x7c) return literal(from, parentIndent);
    let value: Read;
    if (first === QUOTE) value = doubleQuoted(from);
    else if (first === APOSTROPHE) value = singleQuoted(from);
    else if (first === 0x5b || first === 0x7b) value = flow(from);
    else value = word(from);
    if (value === UNUSUAL) return UNUSUAL;
    nextLine();
    return value;
  }

  function doubleQuoted(from: number): Read {
    let position = from + 1;
    let escaped = false;
    while (position < lineEnd && text.charCodeAt(position) !== QUOTE) {
      if (text.charCodeAt(position) === BACKSLASH) {
        escaped = true;
        position += 1;
        if (!SIMPLE_ESCAPES.includes(text.charAt(position))) return UNUSUAL;
      }
      position += 1;
    }
    if (position >= lineEnd || !isLineRest(position + 1)) return UNUSUAL;
    inlineEnd = position + 1;
    const content = text.slice(from + 1, position);
    return escaped ? (JSON.parse(`"${content}"`) as string) : content;
  }

  function singleQuoted(from: number): Read {
    let position = from + 1;
    let doubled = false;
    for (; position < lineEnd; position++) {
      if (text.charCodeAt(position) !== APOSTROPHE) continue;
      if (text.charCodeAt(position + 1) !== APOSTROPHE) break;
      doubled = true;
      position += 1;
    }
    if (position >= lineEnd || !isLineRest(position + 1)) return UNUSUAL;
    inlineEnd = position + 1;
    const content = text.slice(from + 1, position);
    return doubled ? content.replaceAll("''", "'") : content;
  }

  /** Only `{}`, `[]` and lists of double-quoted words. */
  function flow(from: number): Read {
    inlineEnd = from + 2;
    if (text.startsWith('{}', from)) return isLineRest(from + 2) ? {} : UNUSUAL;
    if (text.startsWith('[]', from)) return isLineRest(from + 2) ? [] : UNUSUAL;
    const content = text.slice(from, lineEnd);
    if (content.length > LONGEST_LIST || !LIST_OF_QUOTED_WORDS.test(content)) return UNUSUAL;
    inlineEnd = lineEnd;
    const list = JSON.parse(content) as string[];
    values += list.length;
    return list;
  }

  function word(from: number): Read {
    if (!startsWord(text.charCodeAt(from), text.charCodeAt(from + 1))) return UNUSUAL;
    let stop = from;
    for (; stop < lineEnd; stop++) {
      const code = text.charCodeAt(stop);
      if (code === COLON && (stop + 1 === lineEnd || text.charCodeAt(stop + 1) === SPACE)) return UNUSUAL;
      if (code === HASH && text.charCodeAt(stop - 1) === SPACE) break;
    }
    while (text.charCodeAt(stop - 1) === SPACE) stop -= 1;
    inlineEnd = stop;
    const value = plainScalar(text.slice(from, stop));
    return value === undefined ? UNUSUAL : value;
  }

  /** Text after `|` or `|-`. */
  function literal(from: number, parentIndent: number): Read {
    const header = LITERAL_HEADER.exec(text.slice(from, lineEnd));
    if (header === null || header.index !== 0) return UNUSUAL;
    const lines: string[] = [];
    let width = -1;
    let next = lineEnd + 1;
    while (next < end) {
      let newline = text.indexOf('\n', next);
      // Readers differ on the line break of a text that ends without one.
      if (newline === -1 || newline >= end) return UNUSUAL;
      let first = next;
      const contentStart = width === -1 ? newline : Math.min(next + width, newline);
      while (first < contentStart && text.charCodeAt(first) === SPACE) first += 1;
      if (width === -1) {
        if (first === newline || first - next <= parentIndent) return UNUSUAL;
        width = first - next;
        lines.push(text.slice(first, newline));
      } else if (first === newline) {
        lines.push('');
      } else if (first - next === width) {
        const line = text.slice(first, newline);
        // Trailing lines of blanks only are counted as content by some rules and not by others.
        if (text.charCodeAt(first) === SPACE && line.trimStart() === '') return UNUSUAL;
        lines.push(line);
      } else {
        break;
      }
      next = newline + 1;
    }
    if (width === -1) return UNUSUAL;
    while (lines.at(-1) === '') lines.pop();
    toLine(next);
    return header[1] === '-' ? lines.join('\n') : `${lines.join('\n')}\n`;
  }

  toLine(range.start);
  if (done) return null;
  const value = block(1);
  if (!done || value === UNUSUAL) return UNUSUAL;
  budget.values += values;
  return value;
}
