import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../../src/pod/failure.ts';
import { requestOf } from '../../../src/pod/selfconfig/request.ts';

const ASKED: readonly (readonly [words: readonly string[], request: object])[] = [
  [['add-skill', '@a/b'], { addSkills: ['@a/b'] }],
  [['remove-skill', '@a/b'], { removeSkills: ['@a/b'] }],
  [['config-patch', '{"tools": {"a": null}}'], { configPatch: { tools: { a: null } } }],
  [['add-env', 'TEAM', 'blue "and" $green'], { addEnvVars: [{ name: 'TEAM', value: 'blue "and" $green' }] }],
  [['remove-env', 'TEAM'], { removeEnvVars: ['TEAM'] }],
  [['add-file', 'notes/a.md', 'one\ntwo'], { addWorkspaceFiles: { 'notes/a.md': 'one\ntwo' } }],
  [['remove-file', 'notes/a.md'], { removeWorkspaceFiles: ['notes/a.md'] }],
];

const REFUSED: readonly (readonly [title: string, words: readonly string[]])[] = [
  ['a word too few', ['add-env', 'TEAM']],
  ['a word too many', ['add-skill', 'a', 'b']],
  ['nothing', ['add-skill', '']],
  ['a variable with "="', ['add-env', 'A=B', 'c']],
  ['a path out of the workspace', ['add-file', '../secret', 'x']],
  ['an absolute path', ['remove-file', '/etc/passwd']],
  ['a patch that is no JSON', ['config-patch', '{tools']],
  ['a patch that is no object', ['config-patch', '[1]']],
];

describe('requestOf', () => {
  for (const [words, request] of ASKED) {
    test(`D25 ARD-305 ${words[0]}`, () => assert.deepEqual(requestOf(words), { schema: 1, ...request }));
  }
  for (const [title, words] of REFUSED) {
    test(`refuses ${title}`, () => assert.throws(() => requestOf(words), Failure));
  }
  test('knows no other command', () => {
    assert.deepEqual([requestOf([]), requestOf(['status', 'x']), requestOf(['get-secret', 'x'])], [null, null, null]);
  });
  test('repeats nothing of a broken patch', () => {
    assert.throws(
      () => requestOf(['config-patch', '{"token": "hunter2"']),
      (error: Error) => !error.message.includes('hunter2'),
    );
  });
});
