import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePackReference, type PackReference } from '../../src/lib/pack-reference.ts';

const REFERENCES: Readonly<Record<string, PackReference | RegExp>> = {
  'pack:a/b/c': { owner: 'a', repository: 'b', path: 'c', revision: null },
  'a/b/c': { owner: 'a', repository: 'b', path: 'c', revision: null },
  'pack:a/b/nested/deep/path@abc123': { owner: 'a', repository: 'b', path: 'nested/deep/path', revision: 'abc123' },
  'pack:a/b/c@feature/x': { owner: 'a', repository: 'b', path: 'c', revision: 'feature/x' },
  'pack:a/b/c@d@v1': { owner: 'a', repository: 'b', path: 'c@d', revision: 'v1' },
  'pack:@a/b/c': { owner: '@a', repository: 'b', path: 'c', revision: null },
  'pack:a/b': /owner, repository and path/,
  'pack:a': /owner, repository and path/,
  'pack:': /owner, repository and path/,
  'pack:a//c': /owner, repository and path/,
  'pack:a/b/': /owner, repository and path/,
  'pack:a/b/c/': /owner, repository and path/,
  'pack:a/b/c@': /no revision/,
  'pack:a/../c': /"\." or "\.\."/,
  'pack:a/b/./c': /"\." or "\.\."/,
};

for (const [reference, expected] of Object.entries(REFERENCES)) {
  test(`POD-285 ARD-310 ${reference}`, () => {
    const parsed = parsePackReference(reference);
    if (expected instanceof RegExp) assert.match(String(parsed), expected);
    else assert.deepEqual(parsed, expected);
  });
}
