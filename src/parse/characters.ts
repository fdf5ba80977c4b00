/**
 * Characters that YAML readers refuse or take for line breaks, each in its own way. CR is an ordinary part of CRLF;
 * a byte order mark in the middle is only refused where it hides in front of a line.
 */
// oxlint-disable-next-line no-control-regex
const UNUSABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|\r(?!\n)|(?<=\n)\ufeff/g;

const NAMES: Readonly<Record<number, string>> = {
  0x00: 'the NUL character',
  0x0d: 'a carriage return without a line feed',
  0xfeff: 'a byte order mark (U+FEFF) at the start of a line',
};

/** The first unusable character at or after `from`, with its name for a message. */
export function firstControlCharacter(
  text: string,
  from: number,
): { readonly offset: number; readonly code: 'control-character' | 'byte-order-mark'; readonly name: string } | null {
  UNUSABLE.lastIndex = from;
  const match = UNUSABLE.exec(text);
  if (match === null) return null;
  const codePoint = match[0].charCodeAt(0);
  const number = codePoint.toString(16).toUpperCase().padStart(4, '0');
  return {
    offset: match.index,
    code: codePoint === 0xfeff ? 'byte-order-mark' : 'control-character',
    name: NAMES[codePoint] ?? `the control character U+${number}`,
  };
}
