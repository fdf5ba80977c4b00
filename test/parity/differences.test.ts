import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RenderedObject, differences } from './differences.ts';
import { pathText } from './field-path.ts';
import { sideText } from './shape.ts';

function whole(fields: object): RenderedObject {
  return { apiVersion: 'v1', kind: 'Thing', metadata: { name: 'bot' }, ...fields };
}

function configMap(json: string, yaml: string): RenderedObject {
  return { kind: 'ConfigMap', metadata: { name: 'c' }, data: { 'a.json': json, 'b.yaml': yaml, 'c.txt': 'same' } };
}

function job(name: string): RenderedObject {
  return { kind: 'Job', metadata: { name } };
}

function found(operator: object, ours: object): readonly string[] {
  return differences([whole(operator)], [whole(ours)]).map(
    (item) => `${pathText(item.path)}: ${sideText(item.operator)} / ${sideText(item.ours)}`,
  );
}

const cases: readonly { readonly name: string; readonly operator: object; readonly ours: object; readonly expected: readonly string[] }[] =
  [
    { name: 'equal objects, keys in another order', operator: { spec: { a: 1, b: [] } }, ours: { spec: { b: [], a: 1 } }, expected: [] },
    { name: 'a scalar', operator: { spec: { a: 1 } }, ours: { spec: { a: '1' } }, expected: ['spec.a: 1 / "1"'] },
    {
      name: 'a field on one side',
      operator: { spec: { a: {} } },
      ours: { spec: { b: null } },
      expected: ['spec.a: {} / <absent>', 'spec.b: <absent> / null'],
    },
    { name: 'null is not absent', operator: { spec: { a: null } }, ours: { spec: {} }, expected: ['spec.a: null / <absent>'] },
    { name: 'a key with dots', operator: { data: { 'a.b': 'x' } }, ours: { data: { 'a.b': 'y' } }, expected: ['data["a.b"]: "x" / "y"'] },
    {
      name: 'a list of scalars is one value',
      operator: { args: ['a', 'b'] },
      ours: { args: ['a'] },
      expected: ['args: ["a","b"] / ["a"]'],
    },
    {
      name: 'list items by name',
      operator: { containers: [{ name: 'a', image: 'x' }, { name: 'b' }] },
      ours: { containers: [{ name: 'a', image: 'y' }, { name: 'c' }] },
      expected: [
        'containers[name=a].image: "x" / "y"',
        'containers[name=b]: {"name":"b"} / <absent>',
        'containers[name=c]: <absent> / {"name":"c"}',
      ],
    },
    {
      name: 'the order of named items',
      operator: { env: [{ name: 'A' }, { name: 'gone' }, { name: 'B' }] },
      ours: { env: [{ name: 'B' }, { name: 'A' }] },
      expected: ['env[name=gone]: {"name":"gone"} / <absent>', 'env[order]: ["name=A","name=B"] / ["name=B","name=A"]'],
    },
    {
      name: 'a name that comes twice',
      operator: {
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
      ours: { env: [{ name: 'A', value: '2' }] },
      expected: ['env[name=A].value: "1" / "2"', 'env[name=A#2]: {"name":"A","value":"2"} / <absent>'],
    },
    {
      name: 'other lists by index',
      operator: { egress: [{ to: [] }, { to: [1] }] },
      ours: { egress: [{ to: [] }] },
      expected: ['egress[1]: {"to":[1]} / <absent>'],
    },
    {
      name: 'ports without names by number',
      operator: { ports: [{ containerPort: 1 }] },
      ours: { ports: [{ containerPort: 1, protocol: 'TCP' }] },
      expected: ['ports[containerPort=1].protocol: <absent> / "TCP"'],
    },
    {
      name: 'ports of a policy by number',
      operator: {
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 53, protocol: 'TCP' },
        ],
      },
      ours: {
        ports: [
          { port: 53, protocol: 'UDP' },
          { port: 80, protocol: 'TCP' },
        ],
      },
      expected: ['ports[port=53#2]: {"port":53,"protocol":"TCP"} / <absent>', 'ports[port=80]: <absent> / {"port":80,"protocol":"TCP"}'],
    },
    {
      name: 'an empty list against items',
      operator: { env: [] },
      ours: { env: [{ name: 'A' }] },
      expected: ['env[name=A]: <absent> / {"name":"A"}'],
    },
  ];

for (const { name, operator, ours, expected } of cases) {
  test(`differences: ${name}`, () => {
    assert.deepEqual(found(operator, ours), expected);
  });
}

test('differences go into JSON and YAML files of ConfigMaps', () => {
  const items = differences([configMap('{"x": {"y": 1}}', 'k: [1]\n')], [configMap('{"x":{"y":2}}', '{"k": [1]}')]);
  assert.deepEqual(
    items.map((item) => pathText(item.path)),
    ['data["a.json"].x.y'],
  );
});

test('an object on one side only has the empty path', () => {
  const items = differences([job('a')], [job('b')]);
  assert.deepEqual(
    items.map((item) => [item.kind, item.name, pathText(item.path), typeof item.operator, typeof item.ours]),
    [
      ['Job', 'a', '', 'object', 'symbol'],
      ['Job', 'b', '', 'symbol', 'object'],
    ],
  );
});

test('an object that is there twice is an error', () => {
  assert.throws(() => differences([job('a'), job('a')], []), /Job\/a is there twice/);
});
