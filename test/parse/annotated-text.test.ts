import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Json } from '../../src/lib/json.ts';
import { toYaml } from '../../src/output/yaml.ts';
import { withAnnotation } from '../../src/parse/annotated-text.ts';

const NAME = 'example.com/mark';
const LINE = `${NAME}: "yes"`;

describe('an annotation is added', () => {
  for (const [title, before, after] of [
    [
      'below the others, comments and odd spelling kept',
      "- # who\n  kind: A # what\n  metadata:\n    annotations:\n      # why\n      a:   '1' # how\n    name: x\n  spec: {a: [1,2,\n    3]}\n",
      `- # who\n  kind: A # what\n  metadata:\n    annotations:\n      # why\n      a:   '1' # how\n      ${LINE}\n    name: x\n  spec: {a: [1,2,\n    3]}\n`,
    ],
    [
      'below block text',
      '- metadata:\n    annotations:\n      a: |\n        x\n\n      b: >-\n        y\n',
      `- metadata:\n    annotations:\n      a: |\n        x\n\n      b: >-\n        y\n      ${LINE}\n`,
    ],
    [
      'where there are none',
      '- metadata:\n    name: x # X\n  spec: 1\n',
      `- metadata:\n    name: x # X\n    annotations:\n      ${LINE}\n  spec: 1\n`,
    ],
    ['to a map in braces', '- metadata: {name: x, annotations: {a: b}} # c\n', `- metadata: {name: x, annotations: {a: b, ${LINE}}} # c\n`],
    ['to metadata in braces', '- metadata: {name: x}\n', `- metadata: {name: x, annotations: {${LINE}}}\n`],
    ['to empty braces', '- metadata:\n    annotations: { }\n', `- metadata:\n    annotations: {${LINE} }\n`],
    ['after a comma', '- metadata: {annotations: {a: b, }}\n', `- metadata: {annotations: {a: b,${LINE} }}\n`],
    [
      'in place of null',
      '- metadata:\n    annotations: null # none\n    name: x\n',
      `- metadata:\n    annotations: {${LINE}} # none\n    name: x\n`,
    ],
    [
      'in place of nothing',
      '- metadata:\n    annotations: # none\n    name: x\n',
      `- metadata:\n    annotations: {${LINE}} # none\n    name: x\n`,
    ],
    [
      'below one without a value',
      '- metadata:\n    annotations:\n      a:\n    name: x\n',
      `- metadata:\n    annotations:\n      a:\n      ${LINE}\n    name: x\n`,
    ],
  ] as const) {
    test(title, () => assert.equal(withAnnotation(before, NAME, 'yes'), after));
  }

  for (const [title, text] of [
    ['a comment before the closing brace', '- metadata: {name: x # here\n    }\n'],
    ['no metadata', '- kind: A\n'],
    ['annotations that are a list', '- metadata:\n    annotations: [a]\n'],
    ['annotations that are text', '- metadata: {annotations: text}\n'],
    ['an alias', '- metadata:\n    labels: &a {x: y}\n    annotations: *a\n'],
    ['no YAML', '- a: [\n'],
  ] as const) {
    test(`by nobody who meets ${title}`, () => assert.equal(withAnnotation(text, NAME, 'yes'), null));
  }

  test('to whatever we write, and only its line is new', () => {
    const annotations = fc.option(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' }), { maxKeys: 3 }), { nil: undefined });
    fc.assert(
      fc.property(annotations, fc.jsonValue(), fc.string(), (given, spec, name) => {
        const metadata = { name, ...(given === undefined ? {} : { annotations: given }) };
        const object = { apiVersion: 'v1', metadata, spec } as unknown as Json;
        const text = toYaml([object]);
        const result = withAnnotation(text, NAME, 'yes');
        assert.ok(result !== null, text);
        assert.deepEqual(parse(result), [
          { ...(parse(text) as object[])[0], metadata: { ...metadata, annotations: { ...given, [NAME]: 'yes' } } },
        ]);
        const added = new Set([`      ${LINE}`, '    annotations:', `    annotations: {${LINE}}`, '    annotations: {}']);
        const lines = (all: string): string[] => all.split('\n').filter((line) => !added.has(line));
        assert.deepEqual(lines(result), lines(text));
      }),
      { numRuns: 200 },
    );
  });
});
