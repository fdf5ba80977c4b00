import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pickVersion } from '../../../src/adapters/npm-registry/pick-version.ts';

const RELEASES = ['1.0.0', '1.2.3', '1.10.0', '1.11.0', '2.0.0', '2.1.0-beta.1', '3.0.0', '2026.7.1-2'].map((version) => ({
  version,
  isDeprecated: ['1.11.0', '3.0.0'].includes(version),
}));
const TAGS = { latest: '2.0.0', beta: '2.1.0-beta.1', gone: '9.9.9', odd: 7 };

const PICKS: Readonly<Record<string, string | null>> = {
  '': '2.0.0',
  latest: '2.0.0',
  beta: '2.1.0-beta.1',
  gone: null,
  odd: null,
  '1.2.3': '1.2.3',
  'v1.2.3': '1.2.3',
  '2026.7.1-2': '2026.7.1-2',
  '1': '1.10.0',
  '1.x': '1.10.0',
  v1: '1.10.0',
  '1.2': '1.2.3',
  '1.2.x': '1.2.3',
  '2': '2.0.0',
  '2.1': null,
  // Everything that matches was taken back.
  '3': '3.0.0',
  '4': null,
  '1.2.4': null,
  nothing: null,
  '.': null,
  constructor: null,
};

for (const [wanted, version] of Object.entries(PICKS)) {
  test(`"${wanted}" is ${version ?? 'nothing'}`, () => assert.equal(pickVersion(wanted, TAGS, RELEASES), version));
}

test('what the author calls the latest is preferred among what matches', () => {
  assert.equal(pickVersion('1', { latest: '1.2.3' }, RELEASES), '1.2.3');
  assert.equal(pickVersion('', {}, RELEASES), null);
});
