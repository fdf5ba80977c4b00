import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import type { Json } from '../../src/lib/json.ts';
import { toYaml } from '../../src/output/yaml.ts';
import { readResourceList, type ResourceList } from '../../src/parse/resource-list.ts';
import { file } from './sources.ts';

const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n';
const COMMENTS = ['', '# a\n', '\n', '\n# a\n\n# - b\n'];

function read(text: string): ResourceList {
  const diagnostics: Diagnostic[] = [];
  const list = readResourceList(file(text), diagnostics);
  assert.ok(list !== null, JSON.stringify(diagnostics));
  return list;
}

/** Values that JSON holds exactly, without the key that no input may have. */
const value = fc
  .jsonValue({ maxDepth: 4 })
  .filter((json) => !JSON.stringify(json).includes('"__proto__":'))
  .map(
    (json) =>
      JSON.parse(JSON.stringify(json, (_key, item: unknown) => (typeof item === 'number' ? Math.trunc(item % 1e6) || 0 : item))) as Json,
  );
const item = fc.record(
  {
    apiVersion: fc.constant('v1'),
    kind: fc.string({ minLength: 1 }),
    text: fc.string({ unit: 'grapheme' }),
    spec: value,
  },
  { noNullPrototype: true },
);

test('a list that is cut has the values of the whole, and texts that make the list again', () => {
  fc.assert(
    fc.property(
      fc.array(item, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...COMMENTS),
      fc.nat({ max: 3 }),
      fc.boolean(),
      (objects, comment, indent, isFirst) => {
        const items = objects.map((object) => `${comment}${toYaml([object])}`).join('');
        const indented = items.replaceAll(/^(?=[^\n])/gm, ' '.repeat(indent));
        const config = 'functionConfig:\n  data:\n    items: "1"\n';
        const list = read(`${isFirst ? config : ''}${HEAD}items:\n${indented}${isFirst ? '' : config}`);
        assert.deepEqual(list.functionConfig, { data: { items: '1' } });
        assert.deepEqual(
          list.items.map((found) => found.value),
          objects,
        );
        const texts = list.items.map(({ text }) => text);
        assert.ok(texts.every((text) => text !== null));
        assert.equal(texts.join(''), indent === 0 ? items : items.replaceAll(/\n +(?=\n)/g, '\n'));
        // In one piece it is read by another way.
        const json = JSON.stringify({
          items: objects,
          functionConfig: list.functionConfig,
          kind: 'ResourceList',
          apiVersion: list.apiVersion,
        });
        // Raw they are refused; JSON.stringify leaves them so.
        const whole = read(
          json.replaceAll(
            /[\x7f-\x9f\u2028\u2029\ufffe\uffff]/g,
            (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
          ),
        );
        assert.deepEqual(
          whole.items.map((found) => found.value),
          objects,
        );
        assert.equal(whole.isJson, true);
      },
    ),
    { numRuns: 150 },
  );
});

test('a mistake in an item is found where it stands in the list', () => {
  const diagnostics: Diagnostic[] = [];
  assert.equal(readResourceList(file(`${HEAD}items:\n- a: 1\n- b: [\n`), diagnostics), null);
  assert.deepEqual(
    diagnostics.map(({ rule, location }) => [rule, location.line]),
    [['parse/yaml-syntax', 5]],
  );
});

test('a warning about an item names it and no line', () => {
  const diagnostics: Diagnostic[] = [];
  assert.ok(readResourceList(file(`${HEAD}items:\n- a: 1\n- on: 1\n`), diagnostics) !== null);
  assert.deepEqual(
    diagnostics.map(({ rule, location }) => [rule, location.field]),
    [['parse/key-read-as', 'items[1]']],
  );
});
