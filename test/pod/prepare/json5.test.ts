import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import fc from 'fast-check';
import json5 from 'json5';
import { Json5Error, parseJson5 } from '../../../src/pod/prepare/json5.ts';

// The package warns of two characters that ECMAScript once refused in strings.
mock.method(console, 'warn', () => {});

const SAMPLES: readonly string[] = [
  '{}',
  '[]',
  ' \t\v\f\u00a0\ufeff\u2003\n\r\u2028\u2029null',
  'true',
  'false',
  '"a"',
  "'a'",
  `"it's"`,
  `'say "x"'`,
  '{a: 1, $b_: 2, \u00fc: 3, "d e": 4, \'f\': 5, null: 6, Infinity: 7}',
  '{\\u0061b: 1, c\\u200d: 2}',
  '{a: 1,}',
  '[1, 2,]',
  '[1 /* one */, // two\n 2]',
  '/**/1/***/',
  '// only\n// comments\n1// end',
  '0',
  '-0',
  '+1',
  '-1.5',
  '.5',
  '-.5',
  '5.',
  '5.e3',
  '1e3',
  '1E+3',
  '1.5e-3',
  '0x1F',
  '-0XaB',
  '"\\b\\f\\n\\r\\t\\v\\0\\\\\\"\\\'\\/\\a\\x41\\u00e9"',
  "'line\\\ncontinued\\\r\nagain\\\rand\\\u2028so\\\u2029on'",
  '"\u2028 and \u2029 may stand in a string"',
  '"\\u{41}"',
  '"\ud83e\udd9e"',
  '{"__proto__": {"polluted": true}, constructor: 1, toString: 2}',
  '{a: {b: [{c: null}]}}',
  '{a: 1, a: 2}',
  '',
  ' ',
  '{',
  '}',
  '{a}',
  '{a:}',
  '{,}',
  '[,]',
  '[1,,2]',
  '{a: 1,, b: 2}',
  '{a: 1 b: 2}',
  '[1 2]',
  '1 2',
  '{1: 2}',
  '{a-b: 1}',
  '{\\u0020: 1}',
  '{\\x61: 1}',
  '"a',
  '\'a"',
  '"a\nb"',
  '"\\x4"',
  '"\\u12"',
  '"\\1"',
  '"\\01"',
  '01',
  '1a',
  '0x',
  '.',
  '-',
  '+-1',
  '- 1',
  '1.2.3',
  '1e',
  'nul',
  'nullx',
  'undefined',
  '/* open',
  '/',
  '"\\',
];

for (const sample of SAMPLES) {
  test(`reads ${JSON.stringify(sample)} as the json5 package does`, () => {
    assert.deepEqual(
      outcome(parseJson5, sample),
      outcome((text) => json5.parse<unknown>(text), sample),
    );
  });
}

test('agrees with the json5 package on arbitrary mixtures of its tokens', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    'a',
    '"b"',
    "'c'",
    '1',
    '-',
    '+',
    '.',
    '0x1',
    'e5',
    'null',
    'true',
    '/*x*/',
    '//y\n',
    ' ',
    '\\u0061',
    '"\\',
    '\\n"',
    '\u2028',
    '__proto__',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 14 }), (tokens) => {
      const text = tokens.join('');
      assert.deepEqual(
        outcome(parseJson5, text),
        outcome((each) => json5.parse<unknown>(each), text),
      );
    }),
    { numRuns: 3000 },
  );
});

test('reads every JSON text as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 1);
      const read = JSON.stringify(parseJson5(text), (_key, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
      assert.deepEqual(JSON.parse(read), JSON.parse(text));
    }),
    { numRuns: 300 },
  );
});

test('keeps integers that a double cannot hold', () => {
  assert.deepEqual(parseJson5('[9007199254740993, -12345678901234567890, 0xffffffffffffffff, 9007199254740991, 1e300]'), [
    9007199254740993n,
    -12345678901234567890n,
    0xffffffffffffffffn,
    9007199254740991,
    1e300,
  ]);
});

test('refuses numbers that JSON cannot say', () => {
  for (const text of ['Infinity', '-Infinity', 'NaN', '{a: NaN}']) assert.throws(() => parseJson5(text), Json5Error);
});

test('says the place and nothing of the text', () => {
  assert.throws(
    () => parseJson5('{\n  // a comment\r\n  "token": s3cret\n}'),
    (error: unknown) => error instanceof Json5Error && error.line === 3 && error.column === 12 && !String(error.stack).includes('s3cret'),
  );
});

/** The value, or that there is none; `Infinity` and `NaN` are out of question here. */
function outcome(parse: (text: string) => unknown, text: string): unknown {
  try {
    return { value: parse(text) };
  } catch (error) {
    assert.ok(error instanceof SyntaxError || error instanceof Json5Error, String(error));
    return 'refused';
  }
}
