import assert from 'node:assert/strict';
import { test } from 'node:test';
import { challengesOf } from '../../../src/adapters/oci-registry/challenge.ts';

const bearer = { scheme: 'bearer', parameters: { realm: 'https://a/token', service: 'a', scope: 'repository:x/y:pull,push' } };

for (const [title, header, expected] of [
  ['one of ours', 'Bearer realm="https://a/token",service="a",scope="repository:x/y:pull,push"', [bearer]],
  ['blanks, capitals and bare values', 'bearer  Realm = "https://a/token" , SERVICE=a,scope="repository:x/y:pull,push"', [bearer]],
  [
    'several in one header',
    'Basic realm="r", Bearer realm="https://a/token",service="a",scope="repository:x/y:pull,push"',
    [{ scheme: 'basic', parameters: { realm: 'r' } }, bearer],
  ],
  [
    'a scheme without parameters',
    'Negotiate, Basic realm=""',
    [
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'basic', parameters: { realm: '' } },
    ],
  ],
  ['escaped quotes', 'Basic realm="a \\"b\\", c"', [{ scheme: 'basic', parameters: { realm: 'a "b", c' } }]],
  ['what ends in the middle', 'Bearer realm="https://a', [{ scheme: 'bearer', parameters: {} }]],
  ['nothing', '', []],
  ['commas', ', ,,', []],
] as const) {
  test(`a challenge: ${title}`, () => {
    assert.deepEqual(challengesOf(header), expected);
  });
}

test('a challenge of any length is read in time', () => {
  const started = performance.now();
  challengesOf(`Bearer ${'a '.repeat(50_000)}${'"\\'.repeat(50_000)}`);
  assert.ok(performance.now() - started < 1000);
});
