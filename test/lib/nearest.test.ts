import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest } from '../../src/lib/nearest.ts';

const CASES: readonly (readonly [name: string, word: string, choices: readonly string[], expected: string | null])[] = [
  ['a letter too few', 'storag', ['storage', 'skills'], 'storage'],
  ['a letter too many', 'enabledd', ['enabled'], 'enabled'],
  ['another letter', 'imege', ['image'], 'image'],
  ['two letters swapped', 'regsitry', ['registry', 'resources'], 'registry'],
  ['another case', 'ALWAYS', ['Always', 'Never'], 'Always'],
  ['the nearest of several', 'maxReplica', ['minReplicas', 'maxReplicas'], 'maxReplicas'],
  ['the first of equals', 'cat', ['car', 'cut'], 'car'],
  ['too many wrong letters', 'colour', ['gateway', 'image'], null],
  ['a short word may have one wrong letter', 'cpi', ['cpu'], 'cpu'],
  ['a short word may not be all wrong', 'x', ['y'], null],
  ['nothing to choose from', 'a', [], null],
];

for (const [name, word, choices, expected] of CASES) {
  test(`nearest: ${name}`, () => assert.equal(nearest(word, choices), expected));
}
