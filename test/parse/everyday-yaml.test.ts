import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { Json } from '../../src/lib/json.ts';
import { toYaml } from '../../src/output/yaml.ts';
import { newBudget } from '../../src/parse/budget.ts';
import { readEveryday, UNUSUAL } from '../../src/parse/everyday-yaml.ts';
import { documentLocator } from '../../src/parse/locate.ts';
import { plainData } from '../../src/parse/plain-data.ts';
import type { Path } from '../../src/parse/source.ts';
import { sourceText } from '../../src/parse/source-text.ts';
import { composeYaml } from '../../src/parse/yaml-document.ts';
import { anyJson } from '../output/text-samples.ts';

function everyday(text: string): Json | typeof UNUSUAL {
  return readEveryday(text, { start: 0, end: text.length }, newBudget());
}

/** What the `yaml` package and our rules for scalars make of the text; undefined when they find a mistake. */
function general(text: string): Json | undefined {
  const { document, fault } = composeYaml(text);
  if (fault !== null) return undefined;
  const { value, faults } = plainData(document?.contents ?? null, text, newBudget());
  return faults.length === 0 ? value : undefined;
}

/** Every path in the value, and one that leads on from each and is not there. */
function* pathsIn(value: Json, path: Path = []): Generator<Path> {
  yield path;
  yield [...path, 'absent', 0];
  if (typeof value !== 'object' || value === null) return;
  for (const [step, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) yield* pathsIn(item as Json, [...path, step]);
}

/** Fails where the two readers would show different places. */
function assertSamePlaces(text: string, value: Json): void {
  const source = sourceText('bot.yaml', text);
  const range = { start: 0, end: text.length };
  const [sooner, general] = [documentLocator(source, true)(range), documentLocator(source, false)(range)];
  for (const path of pathsIn(value)) {
    for (const part of ['key', 'value'] as const)
      assert.deepEqual(sooner(path, part), general(path, part), `${part} of ${path.join('/')} in ${JSON.stringify(text)}`);
  }
}

test('the everyday forms are read without the general reader', () => {
  const text = `# a comment
apiVersion: openclaw.rocks/v1alpha1   # another
kind: OpenClawInstance

metadata:
    name: ada
    labels: {}
spec:
  image: {}
  env:
  - name: A
    value: "1 \\"two\\" \\\\"
  -   name: 'it''s'
      value: yes
  list:
    - one
    -
      two: 2
    - ["-y", "mcp"]
    - []
    -
  empty:
  text: |
    # no comment
      indented

    last
  open: |-
    one
  url: http://x:80/?a=b#c
  count: 0777
`;
  assert.deepEqual(everyday(text), {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name: 'ada', labels: {} },
    spec: {
      image: {},
      env: [
        { name: 'A', value: '1 "two" \\' },
        { name: "it's", value: true },
      ],
      list: ['one', { two: 2 }, ['-y', 'mcp'], [], null],
      empty: null,
      text: '# no comment\n  indented\n\nlast\n',
      open: 'one',
      url: 'http://x:80/?a=b#c',
      count: 511,
    },
  });
});

const UNUSUAL_TEXTS: readonly string[] = [
  'a: &x b',
  'a: *x',
  'a: !!str b',
  'a: >\n  b\n',
  'a: |2\n   b\n',
  'a: |\n  b',
  'a: {b: c}',
  'a: [b]',
  'a: b\n  c',
  'a: "b\n  c"',
  'a: b: c',
  'a:b',
  'a: "b" c',
  'a: "b"# c',
  'a: "\\x41"',
  'a: -',
  'a: ? b',
  'a: %b',
  'a: @b',
  'a: .inf',
  'a: 9007199254740993',
  'y: b',
  'no: b',
  'null: b',
  '1: b',
  '<<: {}',
  '"a": b',
  '? a',
  'a: b\na: c',
  '__proto__: b',
  'a:\n b: c\n  d: e',
  'a:\n  - b\n c: d',
  '- a\nb: c',
  ' a: b\nc: d',
  '- - a',
  'a',
  '...',
  '%YAML 1.1',
  '--- a: b',
  'a: |\n\n  b\n',
  'a: |\n  b\n c: d\n',
  'a: |\n    b\n  c\n',
  'a: |\n  b\n     \n',
];
for (const text of UNUSUAL_TEXTS) {
  test(`${JSON.stringify(text)} is left to the general reader`, () => assert.equal(everyday(text), UNUSUAL));
}

test('both readers agree on what we write ourselves', () => {
  let taken = 0;
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = toYaml({ value });
      const read = everyday(text);
      if (read === UNUSUAL) return;
      taken += 1;
      assert.deepEqual(read, { value });
      assert.deepEqual(read, general(text));
      assertSamePlaces(text, read);
    }),
    { numRuns: 2000 },
  );
  assert.ok(taken > 200, `taken ${taken} times`);
});

const everydayWord = fc.constantFrom(
  'a',
  'foo bar',
  '1',
  'yes',
  '"q"',
  "'it''s'",
  '{}',
  '[]',
  '["a", "b"]',
  'a # b',
  'x#y',
  'a:b',
  '/x',
  '"a" # c',
);
const oddWord = fc.constantFrom(
  'a',
  'foo',
  'foo bar',
  '1',
  '007',
  '08',
  '.5',
  '1_',
  'yes',
  'y',
  'Null',
  '~',
  '"q"',
  '"a b" # c',
  "'it''s'",
  "''",
  '""',
  '{}',
  '[]',
  '["a", "b"]',
  '[a]',
  '{a: b}',
  '# c',
  'a #b',
  'a # b',
  'a:b',
  'a: b',
  'a:',
  '-a',
  '-',
  '--',
  '---',
  '...',
  '!!str 1',
  '&x a',
  '*x',
  '2026-01-01',
  '1:30',
  '-1',
  '+1',
  'é',
  '日本',
  '$(X)',
  '${X}',
  '(a)',
  '/x',
  '~x',
  '=',
  'a\\b',
  '"\\n"',
  '"\\u0041"',
  'a ',
  '"a" ',
  'a]',
  'x#y',
  '.',
  '..',
  '<<',
  '\u00a0',
  '"é"',
  '"open',
  "'open",
  '[a',
  '|',
  '|-',
  '|+',
  '>',
  '| # c',
  '|  ',
  '|2',
);
const word = fc.oneof({ weight: 3, arbitrary: everydayWord }, { weight: 2, arbitrary: oddWord });
const key = fc.constantFrom(
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
  'key',
  'a.b/c',
  'a-b',
  '_x',
  'A',
  'g',
  'h',
  'i',
  '"k"',
  "'k'",
  '1',
  'A',
  'y',
  'a b',
  'd',
  'e',
  'f',
  '<<',
  '? k',
);
const indent = fc.nat(6).map((width) => ' '.repeat(width));
const line = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(indent, key, word).map(([blanks, name, value]) => `${blanks}${name}: ${value}`) },
  { weight: 3, arbitrary: fc.tuple(indent, key).map(([blanks, name]) => `${blanks}${name}:`) },
  { weight: 2, arbitrary: fc.tuple(indent, word).map(([blanks, value]) => `${blanks}- ${value}`) },
  { weight: 2, arbitrary: fc.tuple(indent, key, word).map(([blanks, name, value]) => `${blanks}- ${name}: ${value}`) },
  { weight: 1, arbitrary: fc.tuple(indent, key).map(([blanks, name]) => `${blanks}-   ${name}:`) },
  { weight: 1, arbitrary: fc.tuple(indent, word).map(([blanks, value]) => `${blanks}${value}`) },
  { weight: 1, arbitrary: fc.constantFrom('', '  ', '     ', '# c', '  # c', '      # c') },
);

/** Lines that follow each other plausibly, so that many of the texts are valid. */
function block(depth: number): fc.Arbitrary<string[]> {
  const leaf = fc.tuple(key, word).map(([name, value]) => [`${name}: ${value}`]);
  const item = fc
    .oneof(
      word,
      fc.tuple(key, word).map(([name, value]) => `${name}: ${value}`),
    )
    .map((value) => [`- ${value}`]);
  if (depth === 0) return fc.oneof(leaf, item);
  const inner = block(depth - 1);
  const nested = fc
    .tuple(key, fc.constantFrom('', ' ', '  '), fc.constantFrom('', '', '# c', ' # c'), inner)
    .map(([name, blanks, comment, lines]) => [`${name}:${comment}`, ...lines.map((text) => blanks + text)]);
  const literal = fc
    .tuple(
      key,
      fc.constantFrom('|', '|-', '|+', '>', '| ', '|2'),
      fc.array(fc.constantFrom('  x', '  # y', '    z', '', ' ', '  ', '   ', ' w', '  a: b'), { maxLength: 5 }),
    )
    .map(([name, header, lines]) => [`${name}: ${header}`, ...lines]);
  const listed = inner.map((lines) => lines.map((text, index) => (index === 0 ? `- ${text}` : `  ${text}`)));
  return fc.array(fc.oneof(leaf, leaf, item, nested, literal, listed), { minLength: 1, maxLength: 4 }).map((parts) => parts.flat());
}
const text = fc
  .oneof(fc.array(line, { minLength: 1, maxLength: 8 }), block(3))
  .chain((lines) => fc.constantFrom('\n', '').map((end) => lines.join('\n') + end));

test('both readers agree on whatever the everyday reader takes', () => {
  let taken = 0;
  fc.assert(
    fc.property(text, (yaml) => {
      const read = everyday(yaml);
      if (read === UNUSUAL) return;
      taken += 1;
      const expected = general(yaml);
      assert.notEqual(expected, undefined, JSON.stringify(yaml));
      assert.deepEqual(read, expected, JSON.stringify(yaml));
      assertSamePlaces(yaml, read);
    }),
    { numRuns: 10_000 },
  );
  assert.ok(taken > 1000, `taken ${taken} times`);
});
