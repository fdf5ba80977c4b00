import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { lineDiff } from '../../src/lib/line-diff.ts';

const shown = (oldText: string, newText: string): string[] =>
  lineDiff(oldText, newText).flatMap(({ oldStart, newStart, lines }) => [
    `@@ ${oldStart} ${newStart}`,
    ...lines.map(({ sign, text }) => `${sign}${text}`),
  ]);

/** The new text, made from the old one and the difference alone. */
function patched(oldText: string, newText: string): string {
  const older = oldText.split('\n').slice(0, -1);
  const newer: string[] = [];
  let next = 0;
  for (const { oldStart, newStart, lines } of lineDiff(oldText, newText)) {
    while (next < oldStart - 1) newer.push(older[next++]!);
    assert.equal(newer.length, newStart - 1);
    for (const { sign, text } of lines) {
      if (sign !== '+') assert.equal(older[next++], text);
      if (sign !== '-') newer.push(text);
    }
  }
  return [...newer, ...older.slice(next)].map((line) => `${line}\n`).join('');
}

/** Length of the longest common subsequence, by the table that everybody knows. */
function common(left: readonly string[], right: readonly string[]): number {
  const table = Array.from({ length: left.length + 1 }, () => Array.from({ length: right.length + 1 }, () => 0));
  for (let i = 1; i <= left.length; i += 1)
    for (let j = 1; j <= right.length; j += 1)
      table[i]![j] = left[i - 1] === right[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
  return table[left.length]![right.length]!;
}

describe('lineDiff', () => {
  const lines = (text: string): string => Array.from(text, (line) => `${line}\n`).join('');

  for (const [title, oldText, newText, expected] of [
    ['equal texts', 'abc', 'abc', []],
    ['from nothing', '', 'ab', ['@@ 1 1', '+a', '+b']],
    ['to nothing', 'ab', '', ['@@ 1 1', '-a', '-b']],
    ['a line of many', '123456789', '1234x6789', ['@@ 2 2', ' 2', ' 3', ' 4', '-5', '+x', ' 6', ' 7', ' 8']],
    ['two places far apart', 'a12345678b', 'A12345678B', ['@@ 1 1', '-a', '+A', ' 1', ' 2', ' 3', '@@ 7 7', ' 6', ' 7', ' 8', '-b', '+B']],
    ['two places that share their surroundings', 'a1b', 'A1B', ['@@ 1 1', '-a', '+A', ' 1', '-b', '+B']],
  ] as const) {
    test(`shows ${title}`, () => assert.deepEqual(shown(lines(oldText), lines(newText)), expected));
  }

  test('is right and the shortest, whatever the texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 14 });
    fc.assert(
      fc.property(text, text, (older, newer) => {
        const [oldText, newText] = [older, newer].map((list) => list.map((line) => `${line}\n`).join('')) as [string, string];
        assert.equal(patched(oldText, newText), newText);
        const changes = lineDiff(oldText, newText).flatMap((hunk) => hunk.lines.filter(({ sign }) => sign !== ' ')).length;
        assert.equal(changes, older.length + newer.length - 2 * common(older, newer));
      }),
    );
  });

  test('shows texts that have nothing in common as a whole, in little time', () => {
    const numbered = (name: string): string => Array.from({ length: 5000 }, (_, index) => `${name}${index}\n`).join('');
    assert.equal(patched(numbered('a'), numbered('b')), numbered('b'));
  });
});
