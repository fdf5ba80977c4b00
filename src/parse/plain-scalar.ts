/**
 * What an unquoted word of YAML means, by the rules of the YAML reader in kubectl: booleans and octal numbers of YAML 1.1,
 * no base-60 numbers, dates stay text. Checked against that reader; the list of cases is in the test.
 */

/** The words that are not text; `undefined` stands for numbers that JSON does not have. */
const WORDS: ReadonlyMap<string, boolean | null | undefined> = new Map([
  ...words(null, '', '~', 'null', 'Null', 'NULL'),
  ...words(true, 'y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'),
  ...words(false, 'n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'),
  ...words(undefined, '.nan', '.NaN', '.NAN'),
  ...words(undefined, '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'),
]);

function words<T>(value: T, ...spellings: readonly string[]): (readonly [string, T])[] {
  return spellings.map((spelling) => [spelling, value] as const);
}

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;

/** The value of an unquoted word, or `undefined` for a number that cannot be kept exactly: infinite, not a number, or an integer beyond 2^53. */
export function plainScalar(text: string): string | number | boolean | null | undefined {
  const first = text.charCodeAt(0);
  const startsNumber = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d;
  if (!startsNumber) {
    if (text.length <= 5 && WORDS.has(text)) return WORDS.get(text);
    if (first === 0x2e && FRACTION.test(text)) return finite(Number(text.replaceAll('_', '')));
    return text;
  }
  if (WORDS.has(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const integer = INTEGER.exec(digits);
  if (integer !== null) return safeInteger(integer);
  if (FLOAT.test(digits)) return finite(Number(digits));
  return text;
}

function safeInteger([, sign, hexadecimal, binary, octal, decimal]: RegExpExecArray): number | undefined {
  const size =
    hexadecimal !== undefined
      ? Number.parseInt(hexadecimal, 16)
      : binary !== undefined
        ? Number.parseInt(binary, 2)
        : octal !== undefined
          ? Number.parseInt(octal, 8)
          : Number(decimal);
  if (!Number.isSafeInteger(size)) return undefined;
  return sign === '-' && size !== 0 ? -size : size;
}

function finite(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  return value === 0 ? 0 : value;
}

/** Letters, digits and a few signs that mean nothing at the start of a word. */
export function startsWord(code: number, next: number): boolean {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)) return true;
  switch (code) {
    case 0x2d: // -
      // Not a dash alone, and not the start of `---`.
      return (next >= 0x30 && next <= 0x39) || (next >= 0x61 && next <= 0x7a);
    case 0x24: // $
    case 0x28: // (
    case 0x2b: // +
    case 0x2e: // .
    case 0x2f: // /
    case 0x5f: // _
    case 0x7e: // ~
      return true;
    default:
      return code > 0xa0;
  }
}
