import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import {
  BASE_LIMIT_BYTES,
  FEATURE_LIMIT_BYTES,
  buildPodPrograms,
  generatedModule,
  oversized,
  problemOf,
} from '../../scripts/build-pod-programs.ts';

const programs = await buildPodPrograms();

test('the programs fit their share of the ConfigMap', () => {
  assert.deepEqual(oversized(programs), []);
  assert.equal(oversized({ ...programs, 'prepare.mjs': 'x'.repeat(BASE_LIMIT_BYTES) }).length, 1);
  assert.equal(oversized({ ...programs, 'disk-readiness.mjs': 'x'.repeat(FEATURE_LIMIT_BYTES + 1) }).length, 1);
});

test('their text survives YAML, Flux and every editor', () => {
  for (const [name, text] of Object.entries(programs)) {
    assert.equal(problemOf(text), null, name);
    assert.ok(text.startsWith('// openclaw-gitops, SPDX-License-Identifier: Apache-2.0\n') && text.endsWith('\n'), name);
    assert.ok(!/\/\/ (?:node_modules|src)\//.test(text), name);
  }
  assert.deepEqual(
    ['a\tb', 'a\r\nb', 'caf\u00e9', '\u2028', 'a \nb', '${x}', '$$'].map((text) => problemOf(text) === null),
    [false, false, false, false, false, false, false],
  );
});

test('they import Node built-ins only', () => {
  for (const text of Object.values(programs)) {
    const imported = [...text.matchAll(/\b(?:from|import)"([\w@:./-]+)"/g)].map(([, name]) => name ?? '');
    assert.ok(imported.length > 0);
    for (const name of imported) assert.match(name, /^node:/);
    assert.ok(!/\brequire\s*\(/.test(text));
  }
});

test('building twice gives the same bytes, and the generated module holds them', async () => {
  assert.deepEqual(await buildPodPrograms(), programs);
  assert.equal(
    await readFile(new URL('../../src/generated/pod-programs.ts', import.meta.url), 'utf8'),
    generatedModule(programs),
    'run scripts/build-pod-programs.ts',
  );
  const { podPrograms } = await import('../../src/generated/pod-programs.ts');
  assert.deepEqual(podPrograms, programs);
});
