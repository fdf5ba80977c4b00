import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { CASES } from '../../e2e/openclaw/cases/index.ts';

test('every case of e2e:openclaw is in the list, under the name of its file', () => {
  const files = readdirSync('e2e/openclaw/cases').map((file) => file.replace(/\.ts$/, ''));
  assert.deepEqual(CASES.map(({ name }) => name).toSorted(), files.filter((name) => name !== 'index').toSorted());
});

test('every check of e2e:openclaw has the name of its file, and a case runs it', () => {
  const files = readdirSync('e2e/openclaw/checks').map((file) => file.replace(/\.ts$/, ''));
  const checks = CASES.flatMap((agentCase) => [...agentCase.checks, ...(agentCase.checksOfOtherPods ?? [])]);
  assert.deepEqual([...new Set(checks.map(({ id }) => id))].toSorted(), files.filter((name) => name !== 'index').toSorted());
});
