import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { holdsText, writeAtomically } from '../../src/adapters/local-file.ts';

describe('writeAtomically', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'local-file-'));
  });
  after(() => rmSync(root, { recursive: true }));

  test('puts a new file in the place of the old one, with its mode', () => {
    const path = join(root, 'file');
    assert.equal(writeAtomically(path, 'first'), null);
    chmodSync(path, 0o640);
    const { ino } = statSync(path);
    assert.equal(writeAtomically(path, 'sécond'), null);
    assert.deepEqual([readFileSync(path, 'utf8'), statSync(path).mode & 0o777, statSync(path).ino === ino], ['sécond', 0o640, false]);
  });

  test('follows a link, and leaves nothing behind when it cannot write', () => {
    mkdirSync(join(root, 'links'));
    writeFileSync(join(root, 'target'), 'old');
    symlinkSync('../target', join(root, 'links/link'));
    assert.equal(writeAtomically(join(root, 'links/link'), 'new'), null);
    assert.deepEqual([readFileSync(join(root, 'target'), 'utf8'), lstatSync(join(root, 'links/link')).isSymbolicLink()], ['new', true]);
    mkdirSync(join(root, 'links/directory'));
    assert.equal(writeAtomically(join(root, 'links/directory'), 'new'), 'EISDIR');
    assert.equal(writeAtomically(join(root, 'absent/file'), 'new'), 'ENOENT');
    assert.deepEqual(readdirSync(join(root, 'links')), ['directory', 'link']);
  });

  test('is not needed where the text is there, with whatever line ends', () => {
    const path = join(root, 'text');
    assert.equal(holdsText(path, 'a\n'), false);
    writeFileSync(path, 'a\r\n');
    assert.deepEqual([holdsText(path, 'a\n'), holdsText(path, 'b\n'), holdsText(root, 'a\n')], [true, false, false]);
  });
});
