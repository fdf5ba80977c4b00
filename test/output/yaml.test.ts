import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { InternalError } from '../../src/lib/invariant.ts';
import type { Json } from '../../src/lib/json.ts';
import { toYaml } from '../../src/output/yaml.ts';
import { anyJson, anyString, TREACHEROUS } from './text-samples.ts';

const VERSIONS = ['1.1', '1.2'] as const;

function assertSurvives(value: Json): void {
  const text = toYaml(value);
  for (const version of VERSIONS) {
    assert.deepEqual(
      parse(text, { version, merge: version === '1.1', logLevel: 'error' }),
      value,
      `YAML ${version}: ${JSON.stringify(text)}`,
    );
  }
}

test('maps, lists and scalars are written as kubectl writes them', () => {
  const value = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'bot', labels: {}, annotations: { 'a.b/c': 'true' } },
    spec: {
      containers: [{ name: 'main', args: ['--port', '18789', '-v'], env: [], ports: [{ containerPort: 18780, hostPort: null }] }],
      nested: [[1, [2, 'x']], [], {}, [{ a: 1, b: [true] }]],
      text: 'one\n\n  two\n',
      open: 'one\ntwo',
    },
  };
  assert.equal(
    toYaml(value),
    `apiVersion: v1
kind: Pod
metadata:
  name: bot
  labels: {}
  annotations:
    a.b/c: "true"
spec:
  containers:
  - name: main
    args:
    - --port
    - "18789"
    - -v
    env: []
    ports:
    - containerPort: 18780
      hostPort: null
  nested:
  - - 1
    - - 2
      - x
  - []
  - {}
  - - a: 1
      b:
      - true
  text: |
    one

      two
  open: |-
    one
    two
`,
  );
});

const WRITTEN: readonly (readonly [string, string])[] = [
  ['ghcr.io/openclaw/openclaw:2026.7.1', 'ghcr.io/openclaw/openclaw:2026.7.1'],
  ['500m', '500m'],
  ['1Gi', '1Gi'],
  ['10.0.0.0/8', '10.0.0.0/8'],
  ['/home/openclaw/.openclaw', '/home/openclaw/.openclaw'],
  ['two words', 'two words'],
  ['yes', '"yes"'],
  ['2026.7.1', '"2026.7.1"'],
  ['2026-01-01', '"2026-01-01"'],
  ['1:30', '"1:30"'],
  ['1_000', '"1_000"'],
  ['0o7', '"0o7"'],
  ['', '""'],
  ['a: b', '"a: b"'],
  ['a #b', '"a #b"'],
  [' a', '" a"'],
  ['a\tb\n', '"a\\tb\\n"'],
  ['a \nb\n', '"a \\nb\\n"'],
  ['a\n\n', '"a\\n\\n"'],
  ['é😀', '"é😀"'],
  ['\u0085\u2028\ufeff\u007f\uffff', '"\\u0085\\u2028\\ufeff\\u007f\\uffff"'],
];
for (const [text, expected] of WRITTEN) {
  test(`${JSON.stringify(text)} is written as ${expected}`, () => {
    assert.equal(toYaml({ key: text }), `key: ${expected}\n`);
  });
}

test('a literal block has no line that ends in blanks', () => {
  assert.equal(toYaml([{ a: 'x\n\ny\n' }]), '- a: |\n    x\n\n    y\n');
});

test('a key that is longer than readers take is written in the explicit form', () => {
  const key = 'k'.repeat(1025);
  assert.equal(toYaml({ outer: { [key]: { a: 1 } } }), `outer:\n  ? "${key}"\n  :\n    a: 1\n`);
  assertSurvives({ outer: { [key]: { a: 1 } }, list: [{ [key]: [1, { [key]: 'x' }] }] });
});

test('members that are undefined are left out, as in JSON', () => {
  const value = { a: undefined, b: { c: undefined }, d: 1 } as unknown as Json;
  assert.equal(toYaml(value), 'b: {}\nd: 1\n');
});

for (const text of TREACHEROUS) {
  test(`${JSON.stringify(text.slice(0, 40))} survives as value, item and key`, () => {
    assertSurvives({ value: text, list: [text, [text]], map: Object.fromEntries([[text, text]]) });
    assertSurvives(text);
  });
}

test('every string survives', () => {
  fc.assert(
    fc.property(anyString, (text) => assertSurvives({ value: text, list: [text], map: Object.fromEntries([[text, [text]]]) })),
    { numRuns: 1000 },
  );
});

test('every JSON value survives', () => {
  fc.assert(fc.property(anyJson, assertSurvives), { numRuns: 1000 });
});

test('no line is written that an editor would change', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const text = toYaml(value);
      assert.doesNotMatch(text, /[ \t]\n|\r|\n$(?<=\n\n)/);
    }),
  );
});

test('half of a surrogate pair and numbers that JSON does not have are bugs', () => {
  for (const value of ['\ud800', 'a\n\udc00\n', Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => toYaml({ value }), InternalError);
  }
});
