import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../src/lib/json.ts';
import type { SourceObject } from '../../src/parse/source.ts';
import { lockedPacks, type LockedPack } from '../../src/resolve/locked-packs.ts';
import { lockDocuments } from '../properties/locked-packs.ts';

const NAME = 'pack:a/b/c';
const FILES = { 'SKILL.md': 'x\n', 'run.sh': 'y\n', 'a.bin': Buffer.from([0, 255]) };
const [LOCK, PACK] = lockDocuments({ [NAME]: FILES }) as [JsonObject, JsonObject];

function source(value: JsonObject): SourceObject {
  return { value, locate: () => ({ file: '-', line: 1, column: 1, length: 1 }) };
}

/** The pack with these fields in place of its own. */
function found(fields: Readonly<Record<string, JsonObject | string>> = {}): LockedPack {
  return lockedPacks(source(LOCK), [source({ ...PACK, ...fields })]).find(NAME);
}

function mismatches(fields: Readonly<Record<string, JsonObject | string>>): readonly string[] {
  const pack = found(fields);
  assert.equal(pack.kind, 'mismatch');
  return pack.kind === 'mismatch' ? pack.mismatches.map(({ path, message }) => `${path.join('/')}: ${message.split(';')[0]}`) : [];
}

const { data, binaryData } = PACK as { data: JsonObject; binaryData: JsonObject };

test('files that are those of the lock are ready, programs among them', () => {
  const pack = found();
  assert.equal(pack.kind, 'ready');
  assert.deepEqual(pack.kind === 'ready' ? pack.files.get('run.sh') : null, { text: 'y\n', isBase64: false, isExecutable: true });
  assert.deepEqual(pack.kind === 'ready' ? pack.files.get('a.bin') : null, { text: 'AP8=', isBase64: true, isExecutable: false });
});

test('what the lock does not have, and what is not there, are told apart', () => {
  const packs = lockedPacks(source(LOCK), []);
  assert.deepEqual([packs.find(NAME).kind, packs.find('pack:a/b/d').kind], ['not-vendored', 'not-locked']);
  assert.equal(lockedPacks(null, [source(PACK)]).find(NAME).kind, 'not-locked');
});

test('every difference is found', () => {
  const commit = 'f'.repeat(40);
  assert.deepEqual(mismatches({ commit }), [`commit: the files are from commit ${commit}`]);
  assert.match(
    mismatches({ data: { ...data, 'SKILL.md': 'x' } }).join(),
    /^data\/SKILL\.md: file "SKILL\.md" has the digest sha256:[0-9a-f]{64}$/,
  );
  assert.deepEqual(mismatches({ data: { ...data, more: '' } }), ['data/more: file "more" is not in the lock']);
  assert.deepEqual(mismatches({ data: { 'SKILL.md': 'x\n' } }), ['data: file "run.sh" is missing']);
  assert.deepEqual(mismatches({ binaryData: { ...binaryData, 'run.sh': 'eQo=' } }), [
    'binaryData/run.sh: file "run.sh" stands in data and in binaryData',
  ]);
  for (const text of ['AP8', 'AP8=\n', 'A P8', '!!!!', '===='])
    assert.deepEqual(mismatches({ binaryData: { 'a.bin': text } }), ['binaryData/a.bin: file "a.bin" is not base64'], text);
});

test('the same bytes count, however they are written', () => {
  const pack = found({ data: { 'SKILL.md': 'x\n' }, binaryData: { ...binaryData, 'run.sh': 'eQo=' } });
  assert.equal(pack.kind, 'ready');
});
