import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placedPaths, recordText } from '../../../src/pod/prepare/placed-record.ts';

test('POD-293 lines that are absolute, climb or are empty are ignored', () => {
  assert.deepEqual(placedPaths('skills/a/SKILL.md\n\n/etc/passwd\n../x\na/../../b\na/..\n.\nplain\n'), ['skills/a/SKILL.md', 'plain']);
});

test('a record is sorted, without repetition, and reads back', () => {
  assert.equal(recordText(['b', 'a/c', 'b']), 'a/c\nb\n');
  assert.deepEqual(placedPaths(recordText(['b', 'a/c'])), ['a/c', 'b']);
  assert.equal(recordText([]), '');
});
