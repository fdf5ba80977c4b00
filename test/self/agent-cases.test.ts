import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { CASES } from '../../e2e/openclaw/cases/index.ts';
import { selection } from '../../e2e/openclaw/selection.ts';
import { OPENCLAW_VERSIONS } from '../../e2e/openclaw/versions.ts';

test('every case of e2e:openclaw is in the list, under the name of its file', () => {
  const files = readdirSync('e2e/openclaw/cases').map((file) => file.replace(/\.ts$/, ''));
  assert.deepEqual(CASES.map(({ name }) => name).toSorted(), files.filter((name) => name !== 'index').toSorted());
});

test('every check of e2e:openclaw has the name of its file, and a case runs it', () => {
  const files = readdirSync('e2e/openclaw/checks').map((file) => file.replace(/\.ts$/, ''));
  const checks = CASES.flatMap((agentCase) => [...agentCase.checks, ...(agentCase.checksOfOtherPods ?? [])]);
  assert.deepEqual([...new Set(checks.map(({ id }) => id))].toSorted(), files.filter((name) => name !== 'index').toSorted());
});

test('e2e:openclaw runs everything unless its arguments name less', () => {
  const everything = { versions: OPENCLAW_VERSIONS, cases: CASES, goldenConfigurations: true };
  const packs = CASES.filter(({ name }) => name === 'packs');
  assert.deepEqual(selection([]), everything);
  assert.deepEqual(selection(['2026.8.2']), { ...everything, versions: ['2026.8.2'] });
  assert.deepEqual(selection(['2026.8.2', 'packs']), { versions: ['2026.8.2'], cases: packs, goldenConfigurations: false });
  assert.deepEqual(selection(['2026.8.2', 'golden-configurations']), { versions: ['2026.8.2'], cases: [], goldenConfigurations: true });
  assert.throws(() => selection(['2026.8.2', 'pack']), /there is no case pack; expected default, /);
});
