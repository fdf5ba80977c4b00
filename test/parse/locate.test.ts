import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Path } from '../../src/parse/source.ts';
import { onlyObject, parseText } from './sources.ts';

const TEXT = `# comment
apiVersion: v1
kind: ConfigMap
metadata: {name: x, labels: {a: b}}
spec:
  base: &base
    inherited: 1
    deep: {er: 2}
  merged:
    <<: *base
    own: "two words" # why
  alias: *base
  env:
  - name: A
    text: |
      one
      two
  -
    name: B
  - plain
  list: [1, {k: v}]
  empty:
  "quoted name": 1
  yes: 1
  8080: x
`;
const PLACES: readonly (readonly [Path, 'key' | 'value', string])[] = [
  [[], 'value', '2:1+10'],
  [['kind'], 'value', '3:7+9'],
  [['kind'], 'key', '3:1+4'],
  [['metadata'], 'value', '4:11+25'],
  [['metadata', 'labels', 'a'], 'value', '4:33+1'],
  [['spec'], 'value', '5:1+4'],
  [['spec', 'base', 'inherited'], 'value', '7:16+1'],
  [['spec', 'merged'], 'value', '9:3+6'],
  [['spec', 'merged', 'inherited'], 'value', '7:16+1'],
  [['spec', 'merged', 'deep', 'er'], 'key', '8:12+2'],
  [['spec', 'merged', 'own'], 'value', '11:10+11'],
  [['spec', 'alias', 'deep'], 'value', '8:11+7'],
  [['spec', 'env', 0], 'value', '14:5+4'],
  [['spec', 'env', 0, 'text'], 'value', '15:11+1'],
  [['spec', 'env', 1, 'name'], 'value', '19:11+1'],
  [['spec', 'env', 2], 'value', '20:5+5'],
  [['spec', 'env', 7], 'value', '13:3+3'],
  [['spec', 'list', 1, 'k'], 'value', '21:17+1'],
  [['spec', 'empty'], 'value', '22:3+5'],
  [['spec', 'quoted name'], 'key', '23:3+13'],
  [['spec', 'true'], 'value', '24:8+1'],
  [['spec', '8080'], 'key', '25:3+4'],
  [['spec', 'missing', 'below'], 'value', '5:1+4'],
  [['spec', 'env', 0, 'missing'], 'key', '14:5+4'],
  [['metadata', 'missing'], 'value', '4:1+8'],
  [['missing'], 'key', '2:1+10'],
];
for (const [path, part, expected] of PLACES) {
  test(`the ${part} of ${JSON.stringify(path)} is at ${expected}`, () => {
    const [object] = parseText(TEXT).objects;
    const { line, column, length, file, sourceLine } = object!.locate(path, part);
    assert.equal(`${line}:${column}+${length}`, expected);
    assert.equal(file, 'bots/ada.yaml');
    assert.equal(sourceLine, TEXT.split('\n')[line - 1]);
  });
}

test('positions are those of the file, not of the document', () => {
  const text = `\ufeff# first\r\n---\r\napiVersion: v1\r\nkind: A\r\nmetadata: {name: x}\r\n---\r\n{"apiVersion": "v1", "kind": "B",\r\n"metadata": {"name": "y"}}\r\n`;
  const { objects } = parseText(text);
  assert.deepEqual(
    objects
      .map(({ locate }) => locate(['metadata', 'name']))
      .map(({ line, column, length, sourceLine }) => [line, column, length, sourceLine]),
    [
      [5, 18, 1, 'metadata: {name: x}'],
      [8, 22, 3, '"metadata": {"name": "y"}}'],
    ],
  );
  // The documents of one file are asked in turn, each again.
  assert.equal(objects[0]!.locate(['kind']).line, 4);
  assert.equal(objects[1]!.locate(['kind']).line, 7);
});

test('positions in the items of a list are those of the item', () => {
  const { objects } = parseText(
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: A\n  metadata: {name: x}\n- apiVersion: v1\n  kind: B\n  metadata: {name: w}\n',
  );
  assert.deepEqual(
    objects.map(({ locate }) => [locate(['kind']).line, locate(['nope']).line, locate([]).line]),
    [
      [5, 4, 4],
      [8, 7, 7],
    ],
  );
});

test('several JSON objects in one file have their own positions', () => {
  const { objects } = parseText(
    '{"apiVersion":"v1","kind":"A","metadata":{"name":"x"}}\n{"apiVersion":"v1","kind":"B","metadata":{"name":"y"}}\n',
  );
  assert.deepEqual(
    objects.map(({ locate }) => locate(['kind'])).map(({ line, column }) => [line, column]),
    [
      [1, 27],
      [2, 27],
    ],
  );
});

test('a long value is underlined on its first line only', () => {
  const { locate } = onlyObject('apiVersion: v1\nkind: A\nmetadata:\n  name: x\nspec: [a,\n  b,\n  c]\n');
  const { line, column, length } = locate(['spec']);
  assert.deepEqual([line, column, length], [5, 7, 3]);
});
