import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adoptableNames, adoption, namesKeptAtRoot } from '../../../src/pod/prepare/adoption-plan.ts';
import type { Entry } from '../../../src/pod/prepare/file-system.ts';
import { planFor } from '../support/run-prepare.ts';

function entry(kind: Entry['kind'], uid: number, mode: number): Entry {
  return { kind, uid, device: 1, mode, bytes: 0, modifiedMs: 0 };
}

test('what the plan keeps or makes at the root, lost+found and our own files are not state', () => {
  const plan = planFor('/data', {
    keepAtRoot: ['.cache', 'shared'],
    directories: [
      { path: '/data/.local', mode: '0700' },
      { path: '/data/openclaw/workspace', mode: '0700' },
      { path: '/pod-tmp/tmp', mode: '0700' },
    ],
    replaceSets: [{ root: '/data/openclaw/workspace', record: '/data/.skillpack-manifest', files: [] }],
  });
  const names = [
    '.cache',
    '.local',
    '.openclaw-gitops-openclaw.adopted',
    '.openclaw-gitops.tmp',
    '.skillpack-manifest',
    'agents',
    'lost+found',
    'openclaw',
    'openclaw.json',
    'shared',
    'state',
    'tmp',
    'workspace',
  ];
  assert.deepEqual(adoptableNames(names, namesKeptAtRoot(plan)), ['agents', 'openclaw.json', 'state', 'tmp', 'workspace']);
});

test('own entries move, read-only directories with their mode on record; others are copied and never again', () => {
  const entries = [
    { name: 'a', entry: entry('file', 1000, 0o444) },
    { name: 'b', entry: entry('directory', 1000, 0o555) },
    { name: 'c', entry: entry('directory', 2000, 0o555) },
    { name: 'd', entry: entry('link', 1000, 0o777) },
  ];
  assert.deepEqual(adoption(entries, 1000, ['z', 'c']), {
    action: 'adopt',
    copied: ['c'],
    moved: [{ name: 'a' }, { name: 'b', mode: 0o555 }, { name: 'd' }],
    left: ['c', 'z'],
  });
});
