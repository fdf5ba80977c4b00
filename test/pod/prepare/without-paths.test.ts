import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/lib/json.ts';
import { withoutPaths } from '../../../src/pod/prepare/without-paths.ts';

const cases: readonly {
  readonly name: string;
  readonly config: JsonObject;
  readonly paths: readonly string[];
  readonly expected: JsonObject;
}[] = [
  {
    name: 'a nested value goes, its neighbours stay',
    config: { a: { b: 1, c: 2 }, d: 3 },
    paths: ['a.b'],
    expected: { a: { c: 2 }, d: 3 },
  },
  { name: 'a whole branch goes', config: { a: { b: { c: 1 } }, d: 2 }, paths: ['a.b'], expected: { a: {}, d: 2 } },
  { name: 'POD-258 several paths, none and unknown ones', config: { a: 1, b: 2, c: 3 }, paths: ['a', 'x.y', 'c'], expected: { b: 2 } },
  {
    name: 'a step that is null, a scalar or missing ends the walk',
    config: { a: null, b: 'text', c: {} },
    paths: ['a.x', 'b.0', 'c.x.y'],
    expected: { a: null, b: 'text', c: {} },
  },
  {
    name: 'a number steps into a list and removes its entry',
    config: { a: [{ x: 1, y: 2 }, 2, 3] },
    paths: ['a.0.x', 'a.1', 'a.9', 'a.name'],
    expected: { a: [{ y: 2 }, 3] },
  },
  {
    name: 'inherited properties are not there',
    config: { a: {} },
    paths: ['constructor.prototype', 'a.toString', '__proto__.x'],
    expected: { a: {} },
  },
  {
    name: 'an own __proto__ is a key like any other',
    config: JSON.parse('{"a":{"__proto__":{"x":1,"y":2}}}') as JsonObject,
    paths: ['a.__proto__.x'],
    expected: JSON.parse('{"a":{"__proto__":{"y":2}}}') as JsonObject,
  },
];

for (const { name, config, paths, expected } of cases) {
  test(name, () => {
    const before = JSON.stringify(config);
    assert.deepEqual(withoutPaths(config, paths), expected);
    assert.equal(JSON.stringify(config), before);
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });
}
