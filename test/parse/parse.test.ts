import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSources } from '../../src/parse/parse.ts';
import { dataOf, file, HEAD, onlyDiagnostic, onlyObject, parseText, place } from './sources.ts';

function names(text: string): unknown[] {
  return parseText(text).objects.map(({ value }) => (value['metadata'] as { name: unknown }).name);
}

function pod(name: string): string {
  return JSON.stringify(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name }, data: ['\u2028\u007f', 1e3, 'a\\"b', '\ud83d\ude00'] },
    null,
    '\t',
  );
}

function jsonWithKeys(first: string, second: string): string {
  return `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"x"},"data":{"${first}":1,"${second}":2}}`;
}

/** A text in UTF-16 or UTF-32, with or without its byte order mark. */
function wideText(width: number, bigEndian: boolean, mark: boolean): Uint8Array {
  const bytes: number[] = [];
  for (const character of `${mark ? '\ufeff' : ''}a: b\n`) {
    const unit = Array.from({ length: width }, (_, index) => (character.charCodeAt(0) >> (8 * index)) & 0xff);
    bytes.push(...(bigEndian ? unit.reverse() : unit));
  }
  return Uint8Array.from(bytes);
}

function named(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
}

const VALUES: readonly (readonly [string, unknown])[] = [
  ['data: {yes: 1}\n', undefined],
  [
    'data: {a: yes, b: 0777, c: ~, d: 2026-01-01, e: 1:30, f: 2026.7.1}\n',
    { a: true, b: 511, c: null, d: '2026-01-01', e: '1:30', f: '2026.7.1' },
  ],
  ['data: !!str 1\n', '1'],
  ['data: ! 1\n', '1'],
  ['data: [!!int "7", !!float 1, !!bool "yes", !!null "", !!str, !!seq [], !!map {}]\n', [7, 1, true, null, '', [], {}]],
  ['base: &b {a: 1, c: [x]}\ndata: {z: *b, y2: [*b]}\n', { z: { a: 1, c: ['x'] }, y2: [{ a: 1, c: ['x'] }] }],
  ['base: &b {a: 1}\nother: &o {a: 2, b: 3}\ndata: {<<: [*b, *o], c: 4}\n', { a: 1, b: 3, c: 4 }],
  ['base: &b {a: 1}\ndata: {<<: *b, a: 2}\n', { a: 2 }],
  ['data: {<<: {a: 1}, b: 2}\n', { a: 1, b: 2 }],
  ['data: {"<<": {a: 1}}\n', { '<<': { a: 1 } }],
  ['data: &a one\nb: &a two\nc: *a\n', 'one'],
  ['data: {8080: a, -1: b, 2026.7: c, "010": d}\n', { 8080: 'a', '-1': 'b', 2026.7: 'c', '010': 'd' }],
  [
    'data: {constructor: {prototype: {polluted: 1}}, toString: x, hasOwnProperty: z}\n',
    { constructor: { prototype: { polluted: 1 } }, toString: 'x', hasOwnProperty: 'z' },
  ],
  ['data: |\n  a\n', 'a\n'],
  ['data: |\n  a', 'a'],
  ['data: >-\n  a\n  b\n\n  c', 'a b\nc'],
  ['data: |+\n  a\n\n', 'a\n\n'],
  ['data: "\\x41\\u00e9\\U0001F600\\ud83d\\ude00\\0"\n', 'Aé😀😀\0'],
  ['data: 日本😀\n', '日本😀'],
  ["data: 'it''s'\n", "it's"],
  ['data:\t1\t# tabs\n', 1],
  ['data: [1, 2,]\n', [1, 2]],
  ['data:\n', null],
  ['? data\n: 1\n', 1],
  [
    'data: ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:cXV4,type:str]\nsops:\n  mac: ENC[x]\n',
    'ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:cXV4,type:str]',
  ],
];
for (const [yaml, expected] of VALUES) {
  if (expected === undefined) continue;
  test(`${JSON.stringify(yaml)} is read as kubectl reads it`, () => assert.deepEqual(dataOf(yaml), expected));
  test(`${JSON.stringify(yaml)} is the same with CRLF and a byte order mark`, () => {
    assert.deepEqual(onlyObject(`\ufeff${(HEAD + yaml).replaceAll('\n', '\r\n')}`).value['data'], expected);
  });
}

test('a key that changes its text is read as kubectl reads it, with a warning', () => {
  const { objects, diagnostics } = parseText(`${HEAD}data: {yes: a, 010: b}\n`);
  assert.deepEqual(objects[0]?.value['data'], { true: 'a', 8: 'b' });
  assert.deepEqual(
    diagnostics.map(({ severity, rule, message }) => [severity, rule, message]),
    [
      ['warning', 'parse/key-read-as', 'the key "yes" is read as "true"'],
      ['warning', 'parse/key-read-as', 'the key "010" is read as "8"'],
    ],
  );
});

test('a hundred such keys lose nothing but warnings', () => {
  const { objects, diagnostics } = parseText(
    `${HEAD}data:\n${Array.from({ length: 100 }, (_, index) => `  0x${100 + index}: x\n`).join('')}`,
  );
  assert.equal(Object.keys(objects[0]?.value['data'] as object).length, 100);
  assert.ok(diagnostics.length < 100 && diagnostics.every(({ severity }) => severity === 'warning'));
});

test('documents are told apart by their markers, and empty ones are dropped', () => {
  const text = `# only a comment\n---\n${named('a')}---\n---\n# nothing\n---\nnull\n--- # from b.yaml\n${named('b')}...\n${named('c')}...\n---\n{apiVersion: v1, kind: Pod, metadata: {name: d}}\n---\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"e"}}\n--- {apiVersion: v1, kind: Pod, metadata: {name: f}}\n---   \n~\n`;
  assert.deepEqual(names(text), ['a', 'b', 'c', 'd', 'e', 'f']);
  assert.deepEqual(names(text.replaceAll('\n', '\r\n')), ['a', 'b', 'c', 'd', 'e', 'f']);
  assert.deepEqual(parseText(text).diagnostics, []);
});

test('a marker inside block text ends the document only in the first column', () => {
  assert.equal(dataOf('data: |\n  ---\n  a\n'), '---\na\n');
  assert.deepEqual(names(`${named('a')}data: |\n  x\n---\n${named('b')}`), ['a', 'b']);
});

test('empty files give nothing', () => {
  for (const text of ['', '\n', '# c', '---', '---\n---\n', '\ufeff', '...\n', '~', 'null\n'])
    assert.deepEqual(parseText(text), { objects: [], diagnostics: [] });
});

test('objects keep the order of files and documents', () => {
  const { objects } = parseSources([file(`${named('b')}---\n${named('a')}`, '2.yaml'), file(named('c'), '1.yaml')]);
  assert.deepEqual(
    objects.map(({ value, locate }) => [(value['metadata'] as { name: unknown }).name, locate(['kind']).file]),
    [
      ['b', '2.yaml'],
      ['a', '2.yaml'],
      ['c', '1.yaml'],
    ],
  );
});

test('one mistake does not hide the other objects', () => {
  const { objects, diagnostics } = parseText(`${named('a')}---\na: [\n---\n${named('b')}---\nkind: Pod\n`);
  assert.equal(objects.length, 2);
  assert.deepEqual(diagnostics.map(place), ['6:4+1 parse/yaml-syntax', '13:1+4 parse/missing-api-version', '13:1+4 parse/missing-name']);
});

test('lists are opened one level deep', () => {
  const items = '- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: b\n';
  assert.deepEqual(names(`apiVersion: v1\nkind: List\nitems:\n${items}`), ['a', 'b']);
  assert.deepEqual(names(`apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstanceList\nmetadata: {}\nitems:\n${items}`), ['a', 'b']);
  assert.deepEqual(parseText('apiVersion: v1\nkind: List\nitems: []\n'), { objects: [], diagnostics: [] });
  assert.deepEqual(
    parseText('apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: List\n  items: []\n- 7\n').diagnostics.map(place),
    ['4:3+10 parse/missing-name', '7:3+1 parse/not-an-object'],
  );
});

test('items of a typed list take its type', () => {
  const { objects } = parseText('apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a}\n');
  assert.deepEqual(
    objects.map(({ value }) => value),
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }],
  );
});

test('JSON is read as it is, several objects after each other too', () => {
  assert.deepEqual(names(pod('a')), ['a']);
  assert.deepEqual(names(`${pod('a')}\n${pod('b')} ${pod('c')}`), ['a', 'b', 'c']);
  assert.deepEqual(onlyObject(pod('a')).value, JSON.parse(pod('a')));
});

test('keys with escapes survive what JSON.parse of V8 13.6 makes of them', () => {
  assert.deepEqual(onlyObject(jsonWithKeys('x', '\\\\')).value['data'], { x: 1, '\\': 2 });
  assert.deepEqual(onlyObject(jsonWithKeys('x', '\\u003e')).value['data'], { x: 1, '>': 2 });
});

test('what is read shares nothing with the prototype of objects', () => {
  for (const text of [
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"a":{"__proto__":{"polluted":1}}}',
    `${HEAD}a: {__proto__: {polluted: 1}}\n`,
    `${HEAD}a:\n  __proto__:\n    polluted: 1\n`,
    `${HEAD}a: &a\n  "__proto__": {polluted: 1}\nb: {<<: *a}\n`,
  ]) {
    const { objects, diagnostics } = parseText(text);
    assert.deepEqual(objects, []);
    assert.deepEqual(
      diagnostics.map(({ rule }) => rule),
      ['parse/reserved-key'],
    );
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  }
});

const REFUSED: readonly (readonly [string, string, string])[] = [
  ['a: [b', 'parse/yaml-syntax', '1:4+1'],
  ['a: b\n c: d\n', 'parse/yaml-syntax', '2:2+1'],
  ['a: "b\n', 'parse/yaml-syntax', '1:4+1'],
  ['a: b: c\n', 'parse/yaml-syntax', '1:4+1'],
  ['a\nb: c\n', 'parse/yaml-syntax', '2:1+1'],
  ['\ta: b\n', 'parse/yaml-syntax', '1:1+1'],
  ['a: "\\q"\n', 'parse/yaml-syntax', '1:5+1'],
  ['a: @b\n', 'parse/yaml-syntax', '1:4+1'],
  [`${HEAD}spec: {a: 1, b: 2, a: 3}\n`, 'parse/duplicate-key', '5:20+1'],
  [`${HEAD}spec:\n  a: 1\n  'a': 1\n`, 'parse/duplicate-key', '7:3+3'],
  [`${HEAD}kind: Pod\n`, 'parse/duplicate-key', '5:1+4'],
  ['{"apiVersion":"v1","kind":"Pod",\n"metadata":{"name":"a","name":"b"}}', 'parse/duplicate-key', '2:24+6'],
  ['{"apiVersion":"v1","kind":"Pod",\n"metadata":{"name":"a","\\u006eame":"b"}}', 'parse/duplicate-key', '2:24+11'],
  [`${HEAD}spec: *b\n`, 'parse/alias', '5:7+2'],
  [`${HEAD}spec: &b [*b]\n`, 'parse/alias', '5:11+2'],
  [`${HEAD}base: &b [1]\nspec: {<<: *b}\n`, 'parse/merge', '6:12+2'],
  [`${HEAD}base: &b [{a: 1}]\nspec: {<<: *b}\n`, 'parse/merge', '6:12+2'],
  [`${HEAD}base: &b {a: 1}\nspec: {a: 2, <<: *b}\n`, 'parse/merge-order', '6:18+2'],
  [`${HEAD}base: &b {a: 1}\nspec: {<<: *b, <<: *b}\n`, 'parse/duplicate-key', '6:16+2'],
  [`${HEAD}spec: {[a]: b}\n`, 'parse/complex-key', '5:8+3'],
  [`${HEAD}spec: {? {a: b} : c}\n`, 'parse/complex-key', '5:10+6'],
  [`${HEAD}spec: {~: c}\n`, 'parse/complex-key', '5:8+1'],
  [`${HEAD}spec: {: c}\n`, 'parse/complex-key', '5:8+1'],
  [`${HEAD}spec: !!binary aGk=\n`, 'parse/tag', '5:16+4'],
  [`${HEAD}spec: !Ref x\n`, 'parse/tag', '5:12+1'],
  [`${HEAD}spec: !!int x\n`, 'parse/tag', '5:13+1'],
  [`${HEAD}spec: !!set {a}\n`, 'parse/tag', '5:13+3'],
  [`${HEAD}spec: !<tag:example.com,2000:x> {a: b}\n`, 'parse/tag', '5:33+6'],
  [`${HEAD}spec: !e!x a\n`, 'parse/yaml-syntax', '5:7+4'],
  [`${HEAD}spec: 12345678901234567890\n`, 'parse/number', '5:7+20'],
  [`${HEAD}spec: .inf\n`, 'parse/number', '5:7+4'],
  [`${HEAD}spec: {1.05e3: a}\n`, 'accepted', ''],
  [`${HEAD}spec: {0.1e-7: a}\n`, 'parse/number', '5:8+6'],
  ['{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},\n"x":12345678901234567890}', 'parse/number', '2:5+20'],
  ['{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},\n"x":"\\ud800"}', 'parse/surrogate', '2:5+8'],
  [`${HEAD}spec: "\\ud800"\n`, 'parse/surrogate', '5:7+8'],
  [`${HEAD}spec: a\u0000b\n`, 'parse/control-character', '5:8+1'],
  [`${HEAD}spec: "a\u001b[31m"\n`, 'parse/control-character', '5:9+1'],
  [`${HEAD}spec: a\u0085b\n`, 'parse/control-character', '5:8+1'],
  [`${HEAD}spec: "a\u2028b"\n`, 'parse/control-character', '5:9+1'],
  [`${HEAD}spec: a\rb\n`, 'parse/control-character', '5:8+1'],
  [`${HEAD}spec: a\ufffeb\n`, 'parse/control-character', '5:8+1'],
  [`${HEAD}\ufeffspec: a\n`, 'parse/byte-order-mark', '5:1+1'],
  ['- a\n', 'parse/not-an-object', '1:3+1'],
  ['text\n', 'parse/not-an-object', '1:1+1'],
  ['[]', 'parse/not-an-object', '1:1+2'],
  ['7', 'parse/not-an-object', '1:1+1'],
  ['kind: A\nmetadata: {name: a}\n', 'parse/missing-api-version', '1:1+4'],
  ['apiVersion: 1\nkind: A\nmetadata: {name: a}\n', 'parse/missing-api-version', '1:13+1'],
  ['apiVersion: a\nmetadata: {name: a}\n', 'parse/missing-kind', '1:1+10'],
  ['apiVersion: a\nkind: A\n', 'parse/missing-name', '1:1+10'],
  ['apiVersion: a\nkind: A\nmetadata:\n', 'parse/missing-name', '3:1+8'],
  ['apiVersion: a\nkind: A\nmetadata:\n  namespace: b\n', 'parse/missing-name', '3:1+8'],
  ['apiVersion: a\nkind: A\nmetadata:\n  name: 7\n', 'parse/missing-name', '4:9+1'],
  ['apiVersion: a\nkind: A\nmetadata:\n  name: ""\n', 'parse/missing-name', '4:9+2'],
  ['apiVersion: a\nkind: A\nmetadata:\n  generateName: b-\n', 'parse/generate-name', '4:3+12'],
  ['apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n', 'parse/missing-name', '2:7+13'],
];
for (const [text, rule, where] of REFUSED) {
  if (rule === 'accepted') continue;
  test(`${JSON.stringify(text.replace(HEAD, '…'))} is refused as ${rule}`, () => {
    assert.equal(place(onlyDiagnostic(text)), `${where} ${rule}`);
    assert.deepEqual(parseText(text).objects, []);
  });
}

test('directives are refused', () => {
  for (const directive of ['%YAML 1.2', '%TAG ! tag:example.com,2000:', '%x']) {
    assert.equal(place(onlyDiagnostic(`${directive}\n---\n${HEAD}`)), '1:1+1 parse/directive');
  }
});

test('files that are not UTF-8 are refused at the first wrong byte', () => {
  const text = new TextEncoder().encode('a: é\nb: ');
  const cases: readonly (readonly [readonly number[], string])[] = [
    [[...text, 0xff, 0x41], '2:4+1'],
    [[...text, 0xc3, 0x28], '2:4+1'],
    [[...text, 0xc3], '2:4+1'],
    [[...text, 0x61, 0x80], '2:5+1'],
    [[...text, 0xed, 0xa0, 0x80], '2:4+1'],
    [[...text, 0xf0, 0x9f, 0x98, 0x0a], '2:4+1'],
    [[0x80], '1:1+1'],
  ];
  for (const [bytes, where] of cases) {
    const diagnostic = onlyDiagnostic({ name: 'a.yaml', bytes: Uint8Array.from(bytes) });
    assert.equal(place(diagnostic), `${where} parse/encoding`, JSON.stringify(bytes));
  }
});

test('UTF-16 and UTF-32 are refused by name', () => {
  for (const bigEndian of [false, true]) {
    for (const mark of [false, true]) {
      assert.match(onlyDiagnostic({ name: 'a', bytes: wideText(2, bigEndian, mark) }).message, /UTF-16/);
    }
    assert.match(onlyDiagnostic({ name: 'a', bytes: wideText(4, bigEndian, true) }).message, /UTF-32/);
  }
  assert.match(onlyDiagnostic({ name: 'a', bytes: wideText(4, false, false) }).message, /UTF-32/);
});

test('the input is not changed', () => {
  const source = file(`${HEAD}data: {a: b}\n`);
  const before = Uint8Array.from(source.bytes);
  parseSources(Object.freeze([Object.freeze(source)]));
  assert.deepEqual(Uint8Array.from(source.bytes), before);
});
