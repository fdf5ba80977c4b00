import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sortDiagnostics } from '../../src/diagnostics/sort.ts';
import { diagnostic } from './samples.ts';

test('diagnostics are ordered by file, line, column and rule, by code units', () => {
  const ordered = [
    diagnostic({ rule: 'b' }, { file: 'B.yaml', line: 9 }),
    diagnostic({ rule: 'b' }, { file: 'a.yaml', line: 2, column: 1 }),
    diagnostic({ rule: 'a' }, { file: 'a.yaml', line: 2, column: 3 }),
    diagnostic({ rule: 'b' }, { file: 'a.yaml', line: 2, column: 3 }),
    diagnostic({ rule: 'a' }, { file: 'a.yaml', line: 10, column: 1 }),
    diagnostic({ rule: 'a' }, { file: 'ä.yaml', line: 1 }),
  ];
  assert.deepEqual(sortDiagnostics(Object.freeze([...ordered].reverse())), ordered);
});

test('what is said twice is kept once, and what differs only in words stays', () => {
  const twice = [diagnostic({}), diagnostic({}), diagnostic({ message: 'other' }), diagnostic({ severity: 'warning' })];
  assert.equal(sortDiagnostics(twice).length, 3);
});
