import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { InternalError } from '../../src/lib/invariant.ts';
import { toJsonLine } from '../../src/output/json-lines.ts';
import { anyJson } from './text-samples.ts';

test('characters that Argo CD refuses are escaped, and astral characters are not', () => {
  assert.equal(
    toJsonLine({ a: '\u007f\u0085\u009f\ufffe\uffff 😀\u2028\u00a0\u0001' }),
    '{"a":"\\u007f\\u0085\\u009f\\ufffe\\uffff 😀\u2028\u00a0\\u0001"}\n',
  );
});

test('every JSON value survives, on one line', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      const line = toJsonLine(value);
      assert.equal(line.indexOf('\n'), line.length - 1);
      assert.deepEqual(JSON.parse(line), value);
      assert.deepEqual(parse(line), value);
    }),
    { numRuns: 1000 },
  );
});

test('half of a surrogate pair is a bug, the text of an escape is not', () => {
  for (const text of ['\ud83d', '\ude00', 'a\\\ud800', '\\\\\udfff']) assert.throws(() => toJsonLine({ text }), InternalError);
  for (const text of ['\\ud83d', 'a\\\\ud800', '\ud83d\ude00', '\\\\\\ud800']) assert.deepEqual(JSON.parse(toJsonLine({ text })), { text });
});
