import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoOfFew } from '../../src/lib/memo-of-few.ts';

test('the first few are worked out once, later ones each time', () => {
  const asked: string[] = [];
  const length = memoOfFew(1, ({ text }: { readonly text: string }) => asked.push(text) && text.length);
  const first = { text: 'one' };
  const second = { text: 'three' };
  assert.deepEqual([length(first), length(second), length(first), length(second)], [3, 5, 3, 5]);
  assert.deepEqual(asked, ['one', 'three', 'three']);
});

test('equal objects are different ones', () => {
  const identity = memoOfFew(2, (key: object) => key);
  const [first, second] = [{}, {}];
  assert.equal(identity(first), first);
  assert.equal(identity(second), second);
});
