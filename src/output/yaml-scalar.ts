/** How one string is written: plain where no reader could mistake it, else quoted, or as a literal block when it has several lines. */
import { invariant } from '../lib/invariant.ts';
import { memoByText } from '../lib/memo-by-text.ts';

/** What some reader takes for a boolean or for nothing. Numbers never start with a letter. */
const WORDS: ReadonlySet<string> = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);
const LONGEST_WORD = 5;

/** Plain text that starts with a digit must have a character that is in no number, date or time of any reader. */
const NUMBER_CHARACTERS = /^[0-9a-fA-FxXoOtTzZ_.:+ -]*$/;

/** An exponent without a number before it, which some readers take for one. */
const EXPONENT = /^-?[eE][-+]?[0-9]+$/;

const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const COLON = 0x3a;

/** The ASCII characters that mean nothing special inside plain text; space, colon and number sign depend on their neighbours. */
const ORDINARY = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./+=@%$()<>;~^*!?&|\\\'"') {
  ORDINARY[character.charCodeAt(0)] = 1;
}

/** Escaped beyond what JSON escapes: invisible, or taken for a line break or refused by some reader. */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
/** Text with any of these, or with a line that ends in a blank, is not written as a literal block: editors and readers change it. */
// oxlint-disable-next-line no-control-regex
const NOT_LITERAL = /[\0-\x09\x0b-\x1f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\p{Surrogate}]| (?=\n|$)/u;

/** The string as it stands behind a key or dash; `indent` is that of the line, or null where only one line is possible. */
export function scalar(text: string, indent: string | null): string {
  if (isPlain(text)) return text;
  if (indent !== null && isLiteral(text)) return indent === DATA_INDENT ? dataLiteral(text) : literal(text, indent);
  return quoted(text);
}

/** The string in double quotes on one line, by escapes that JSON and YAML share. */
export function quoted(text: string): string {
  invariant(text.isWellFormed(), 'a string to be written has half of a surrogate pair');
  return JSON.stringify(text).replaceAll(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function isPlain(text: string): boolean {
  const { length } = text;
  if (length === 0 || !startsPlain(text)) return false;
  let previous = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 128) return false;
    if (ORDINARY[code] !== 1) {
      if (code === COLON) {
        if (index + 1 === length || text.charCodeAt(index + 1) === SPACE) return false;
      } else if (code === HASH) {
        if (previous === SPACE) return false;
      } else if (code !== SPACE || index + 1 === length) {
        return false;
      }
    }
    previous = code;
  }
  return (length > LONGEST_WORD || !WORDS.has(text.toLowerCase())) && !EXPONENT.test(text);
}

/** Letters and slashes start text; digits where it cannot be a number; dashes before a letter, for flags. */
function startsPlain(text: string): boolean {
  const first = text.charCodeAt(0);
  if (isLetter(first) || first === 0x2f) return true;
  if (first >= 0x30 && first <= 0x39) return !NUMBER_CHARACTERS.test(text);
  if (first !== DASH) return false;
  return isLetter(text.charCodeAt(text.charCodeAt(1) === DASH ? 2 : 1));
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

/** Several lines of ordinary text that end with one line break or none. */
const isLiteral = memoByText((text) => {
  const firstBreak = text.indexOf('\n');
  if (firstBreak <= 0 || text.startsWith(' ') || text.endsWith('\n\n')) return false;
  return !NOT_LITERAL.test(text);
});

/** Where the long texts stand that many objects share: below `data` of a ConfigMap. */
const DATA_INDENT = '  ';
const dataLiteral = memoByText((text) => literal(text, DATA_INDENT));

function literal(text: string, indent: string): string {
  const endsWithBreak = text.endsWith('\n');
  const lines = endsWithBreak ? text.slice(0, -1) : text;
  // Blank lines stay empty, so that no line ends in blanks.
  return `|${endsWithBreak ? '' : '-'}\n${indent}  ${lines.replaceAll(/\n(?!\n)/g, `\n${indent}  `)}`;
}
