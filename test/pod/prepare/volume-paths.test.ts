import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  firstNameBelow,
  isInside,
  isPlainAbsolutePath,
  isPlainName,
  isPlainRelativePath,
  nameOf,
  parentOf,
} from '../../../src/pod/prepare/volume-paths.ts';

test('inside is decided by whole names', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['/data', '/data', true],
    ['/data', '/data/a/b', true],
    ['/data', '/database', false],
    ['/data/a', '/data', false],
    ['/', '/data', true],
  ];
  for (const [root, path, expected] of cases) assert.equal(isInside(root, path), expected, `${root} ${path}`);
});

test('only one spelling of a path is plain', () => {
  for (const path of ['/data', '/data/a b/..c', '/data/...']) assert.ok(isPlainAbsolutePath(path), path);
  for (const path of ['', '/', 'data', '/data/', '//data', '/data/../etc', '/data/./a', '/data/a\0'])
    assert.ok(!isPlainAbsolutePath(path), path);
  for (const path of ['a', 'a/b', '..a/b..', '.hidden/x']) assert.ok(isPlainRelativePath(path), path);
  for (const path of ['', '/a', 'a/', 'a//b', '../a', 'a/../b', './a', 'a\nb', 'a\rb', 'a\0'])
    assert.ok(!isPlainRelativePath(path), JSON.stringify(path));
  for (const name of ['', '.', '..', 'a/b', 'a\0']) assert.ok(!isPlainName(name), JSON.stringify(name));
});

test('parents and names', () => {
  assert.deepEqual(
    [
      parentOf('/data/a'),
      parentOf('/data'),
      nameOf('/data/a'),
      firstNameBelow('/data', '/data/a/b'),
      firstNameBelow('/data', '/data'),
      firstNameBelow('/data', '/x'),
    ],
    ['/data', '/', 'a', 'a', null, null],
  );
});
