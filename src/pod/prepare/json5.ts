/** Where a text stops being JSON5. Holds no word of the text, since that may be a secret. */
export class Json5Error extends Error {
  readonly line: number;
  readonly column: number;

  constructor(text: string, offset: number) {
    super('not JSON5');
    const lines = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
    this.line = lines.length;
    this.column = (lines.at(-1) ?? '').length + 1;
  }
}

const BLANK = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\/)*/y;
const WORD = /null|true|false/y;
const NUMBER = /([+-]?)(0[xX][\da-fA-F]+|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/y;
const STRING = /"((?:[^"\\\n\r]|\\(?:\r\n|[^]))*)"|'((?:[^'\\\n\r]|\\(?:\r\n|[^]))*)'/y;
const NAME = /(?:[$_\p{L}\p{Nl}]|\\u[\da-fA-F]{4})(?:[$_\u200c\u200d\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]|\\u[\da-fA-F]{4})*/uy;
const PLAIN_NAME = /^[$_\p{L}\p{Nl}][$_\u200c\u200d\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|(0)(?!\d)|([^\dux]))/gy;
const CONTROLS: { readonly [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * Reads JSON5, or throws a Json5Error with the place. Integers that a double cannot hold become bigints.
 * `Infinity` and `NaN` are refused: they have no JSON form, so they could not be written back.
 * Our own because it takes a fifth of the json5 package's size in every instance's ConfigMap; tests hold the two against each other.
 */
export function parseJson5(text: string): unknown {
  let at = 0;
  const value = readValue();
  if (at < text.length) fail();
  return value;

  function readValue(): unknown {
    skipBlank();
    const value = readBareValue();
    skipBlank();
    return value;
  }

  function readBareValue(): unknown {
    if (take('{')) return readObject();
    if (take('[')) return readList();
    const string = match(STRING);
    if (string !== null) return unescaped(string[1] ?? string[2] ?? '', at - string[0].length + 1);
    const word = match(WORD);
    if (word !== null) return word[0] === 'null' ? null : word[0] === 'true';
    const number = match(NUMBER) ?? fail();
    return numberOf(number[1] === '-', number[2] ?? '');
  }

  function readList(): unknown[] {
    const list: unknown[] = [];
    for (skipBlank(); !take(']');) {
      list.push(readValue());
      if (!take(',') && text[at] !== ']') fail();
      skipBlank();
    }
    return list;
  }

  function readObject(): unknown {
    const entries: [string, unknown][] = [];
    for (skipBlank(); !take('}');) {
      const key = readKey();
      skipBlank();
      if (!take(':')) fail();
      entries.push([key, readValue()]);
      if (!take(',') && text[at] !== '}') fail();
      skipBlank();
    }
    // Defines own properties: `__proto__` is a key like any other.
    return Object.fromEntries(entries);
  }

  function readKey(): string {
    const string = match(STRING);
    if (string !== null) return unescaped(string[1] ?? string[2] ?? '', at - string[0].length + 1);
    const name = match(NAME) ?? fail();
    const key = unescaped(name[0], at - name[0].length);
    return PLAIN_NAME.test(key) ? key : fail();
  }

  function unescaped(body: string, offset: number): string {
    let result = '';
    for (let index = 0; index < body.length;) {
      const next = body.indexOf('\\', index);
      if (next < 0) return result + body.slice(index);
      ESCAPE.lastIndex = next;
      const escape = ESCAPE.exec(body);
      if (escape === null) {
        at = offset + next;
        return fail();
      }
      const [whole, unit, byte, lineBreak, zero, other] = escape;
      result +=
        body.slice(index, next) +
        ((unit ?? byte)
          ? String.fromCharCode(Number.parseInt(unit ?? byte ?? '', 16))
          : zero
            ? '\0'
            : lineBreak
              ? ''
              : (CONTROLS[other ?? ''] ?? other));
      index = next + whole.length;
    }
    return result;
  }

  function skipBlank(): void {
    match(BLANK);
  }

  function take(character: string): boolean {
    const found = text[at] === character;
    if (found) at += 1;
    return found;
  }

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at += found[0].length;
    return found;
  }

  function fail(): never {
    throw new Json5Error(text, at);
  }
}

function numberOf(isNegative: boolean, digits: string): number | bigint {
  const value = Number(digits);
  if (/^(?:\d+|0[xX].*)$/.test(digits) && !Number.isSafeInteger(value)) return isNegative ? -BigInt(digits) : BigInt(digits);
  return isNegative ? -value : value;
}
