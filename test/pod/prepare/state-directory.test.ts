import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { POD_UID, asPodUser } from '../support/pod-user.ts';
import { planFor, runPrepare } from '../support/run-prepare.ts';
import { fill, giveAway, makeVolume, scratch, testFileSystem, treeOf } from '../support/volume.ts';

test('a new volume gets a private state directory, without the setgid bit of its root', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  assert.deepEqual(await runPrepare(planFor(volume)), [`made "${volume}/openclaw"`]);
  assert.deepEqual((await treeOf(volume)).slice(1), ['openclaw 700 own /']);
});

test('an emptyDir (2777) works as a volume', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'), 0o2777);
  await runPrepare(planFor(volume));
  assert.deepEqual((await treeOf(volume)).slice(1), ['openclaw 700 own /']);
});

test('the operator layout is adopted by rename, once, and what is no state stays', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, {
    'openclaw.json': '{}',
    'state/openclaw.sqlite': 'rows',
    link: { link: '/app/skills' },
    sealed: { mode: 0o555 },
    '.cache/x': 'cache',
    '.config': null,
  });
  await mkdir(join(volume, 'lost+found'), { mode: 0o700 });
  const lines = await runPrepare(planFor(volume, { keepAtRoot: ['.cache', '.config'] }));
  assert.deepEqual(lines, [`adopted 4 entries from the root of "${volume}" into "${volume}/openclaw"`]);
  const tree = (await treeOf(volume)).map((line) => line.split(' ').slice(0, 2).join(' ').trim());
  assert.deepEqual(tree.slice(2), [
    '.cache/x 644',
    '.config 2755',
    '.openclaw-gitops-openclaw.adopted 600',
    'lost+found 2700',
    'openclaw 700',
    'openclaw/link',
    'openclaw/openclaw.json 644',
    'openclaw/sealed 555',
    'openclaw/state 2755',
    'openclaw/state/openclaw.sqlite 644',
  ]);

  await fill(volume, { 'later.txt': 'put there by hand' });
  const warnings = await runPrepare(planFor(volume, { keepAtRoot: ['.cache', '.config'] }));
  assert.deepEqual(warnings, [
    `warning: left "later.txt" at the root of "${volume}": the state directory "${volume}/openclaw" is in use already`,
  ]);
  assert.equal(await readFile(join(volume, 'later.txt'), 'utf8'), 'put there by hand');
});

test('a second run changes nothing, not even a time', async (t) => {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  await fill(volume, {
    'openclaw.json': '{a: 1, /* kept */}',
    'workspace/SOUL.md': 'x',
    '.skillpack-manifest': 'old.md\n',
    'workspace/old.md': 'old',
  });
  await fill(directory, { 'source/seed': 'seed', 'source/pack': 'pack', 'source/openclaw.json': '{"b":2}' });
  const state = join(volume, 'openclaw');
  const plan = planFor(volume, {
    directories: [
      { path: join(volume, '.local'), mode: '0700' },
      { path: join(directory, 'data/.pod-tmp/tmp'), mode: '0700' },
    ],
    links: [{ path: join(state, 'current'), target: 'workspace' }],
    files: [{ source: join(directory, 'source/seed'), target: join(state, 'workspace/docs/SEED.md') }],
    replaceSets: [
      {
        root: join(state, 'workspace'),
        record: join(volume, '.skillpack-manifest'),
        files: [{ source: join(directory, 'source/pack'), path: 'skills/p/SKILL.md' }],
      },
    ],
    listen: { directory: join(volume, '.pod-tmp/listen'), ports: [18780, 18781] },
    config: { source: join(directory, 'source/openclaw.json'), target: join(state, 'openclaw.json'), mode: 'merge', forcePaths: ['gone'] },
  });
  await runPrepare(plan);
  const before = await treeOf(volume, { times: true });
  assert.deepEqual(await runPrepare(plan), []);
  assert.deepEqual(await treeOf(volume, { times: true }), before);
});

test('a name that came back at the root while an adoption was cut short is kept in both places', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, {
    'openclaw/notes': 'adopted',
    'openclaw/sealed': { mode: 0o755 },
    notes: 'new',
    '.openclaw-gitops-openclaw.journal': JSON.stringify({
      action: 'adopt',
      copied: [],
      moved: [{ name: 'gone' }, { name: 'notes' }, { name: 'sealed', mode: 0o555 }],
      left: [],
    }),
  });
  const lines = await runPrepare(planFor(volume));
  assert.ok(
    lines.includes(`warning: both "${volume}/notes" and "${volume}/openclaw/notes" exist: kept both where they are`),
    lines.join('\n'),
  );
  const tree = await treeOf(volume);
  assert.ok(tree.includes('notes 644 own "new"') && tree.includes('openclaw/notes 644 own "adopted"'));
  assert.ok(tree.includes('openclaw/sealed 555 own /'), tree.join('\n'));
});

test('a state directory that kubelet made is ours afterwards, and what was in it too', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, { 'openclaw/memory.sqlite': 'rows', openclaw: { mode: 0o2777 } });
  await giveAway(join(volume, 'openclaw'), 0);
  assert.deepEqual(await runPrepare(planFor(volume)), [`took over "${volume}/openclaw", which another user had made`]);
  assert.deepEqual((await treeOf(volume)).slice(1), ['openclaw 700 own /', 'openclaw/memory.sqlite 644 own "rows"']);
});

test('an empty state directory that kubelet made does not hide the operator layout', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, { openclaw: { mode: 0o2777 }, 'openclaw.json': '{}' });
  await giveAway(join(volume, 'openclaw'), 0);
  await runPrepare(planFor(volume));
  assert.ok((await treeOf(volume)).includes('openclaw/openclaw.json 644 own "{}"'));
});

test('an entry that appears in the new directory while kubelet’s is aside is kept in both places', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, {
    'openclaw/a': 'new',
    '.openclaw-gitops-openclaw.aside/a': 'old',
    '.openclaw-gitops-openclaw.journal': JSON.stringify({
      action: 'move-aside',
      aside: '.openclaw-gitops-openclaw.aside',
      moved: [{ name: 'a' }],
    }),
  });
  const lines = await runPrepare(planFor(volume));
  assert.equal(lines.filter((line) => line.startsWith('warning: both')).length, 1, lines.join('\n'));
  const tree = await treeOf(volume);
  assert.ok(tree.includes('openclaw/a 644 own "new"') && tree.includes('.openclaw-gitops-openclaw.aside/a 644 own "old"'));
  assert.deepEqual(await runPrepare(planFor(volume)), []);
});

test('a state directory of another user is copied when it can be read', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, { 'openclaw/a': { text: 'read only', mode: 0o444 }, 'openclaw/link': { link: '/nowhere' } });
  await giveAway(join(volume, 'openclaw'), 2000, { deep: true });
  const lines = await runPrepare(planFor(volume));
  assert.deepEqual(lines, [
    `copied "${volume}/openclaw", which another user owned; the original is kept as "${volume}/.openclaw-gitops-openclaw.kept" and can be removed once all is well`,
  ]);
  assert.ok((await treeOf(volume)).includes('openclaw/a 444 own "read only"'));
  assert.deepEqual(await runPrepare(planFor(volume)), []);
});

test('another user’s files that cannot be read stop it with both uids, before anything has changed', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, { 'agents/a': 'x', 'openclaw.json': { text: '{}', mode: 0o000 } });
  for (const name of ['agents', 'openclaw.json']) await giveAway(join(volume, name), 2000, { deep: true });
  const before = await treeOf(volume, { times: true }).catch(() => null);
  await assert.rejects(
    runPrepare(planFor(volume)),
    (error: Error) =>
      error.message ===
      `found "${volume}/openclaw.json" owned by uid 2000, expected uid ${POD_UID}, which this pod runs as and which cannot read "${volume}/openclaw.json"`,
  );
  assert.deepEqual(await treeOf(volume, { times: true }).catch(() => null), before);
});

test('a copy that the volume has no room for is not begun', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, { 'openclaw/a': 'twelve bytes' });
  await giveAway(join(volume, 'openclaw'), 2000, { deep: true });
  const before = await treeOf(volume);
  await assert.rejects(
    runPrepare(planFor(volume), { ...testFileSystem, freeBytes: async () => 11 }),
    /found 11 free bytes in .*, expected 12 for a copy/,
  );
  assert.deepEqual(await treeOf(volume), before);
});

test('copied originals are not adopted again, a layout that is put back is', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, { 'media/a': 'foreign', 'openclaw.json': '{}' });
  await giveAway(join(volume, 'media'), 2000, { deep: true });
  await runPrepare(planFor(volume));
  await asPodUser(() => rename(join(volume, 'openclaw'), join(volume, '.openclaw-gitops-by-hand')));
  await fill(volume, { 'openclaw.json': '{"restored":true}' });
  await runPrepare(planFor(volume));
  const tree = await treeOf(volume);
  assert.ok(tree.includes('openclaw/openclaw.json 644 own "{\\"restored\\":true}"'));
  assert.ok(!tree.some((line) => line.startsWith('openclaw/media')));
});

test('a journal that is not understood stops it', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  for (const journal of [
    '',
    '{"action":"later"}',
    '{"action":"adopt","copied":[],"left":[],"moved":[{"name":"../x"}]}',
    '{"action":"move-aside","aside":"..","moved":[]}',
  ]) {
    await asPodUser(() => writeFile(join(volume, '.openclaw-gitops-openclaw.journal'), journal));
    await assert.rejects(runPrepare(planFor(volume)), /cannot understand the journal/);
  }
});

test('a volume that is missing, no directory or not writable is named', async (t) => {
  const directory = await scratch(t);
  const volume = join(directory, 'data');
  await assert.rejects(
    runPrepare(planFor(volume)),
    (error: Error) => error.message === `found nothing at "${volume}", expected the mounted volume`,
  );
  await writeFile(volume, '');
  await assert.rejects(
    runPrepare(planFor(volume)),
    (error: Error) => error.message === `found a file at "${volume}", expected the mounted volume`,
  );
  await rm(volume);
  await makeVolume(volume);
  await assert.rejects(
    runPrepare(planFor(volume), { ...testFileSystem, isWritable: async () => false }),
    /owned by uid \d+ with mode 2775, expected one that uid \d+, which this pod runs as, can write/,
  );
});

test('something else in the place of the state directory is left alone', async (t) => {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, { openclaw: 'a file', agents: null });
  await assert.rejects(
    runPrepare(planFor(volume)),
    (error: Error) => error.message === `found a file at "${volume}/openclaw", expected a directory`,
  );
  await asPodUser(() => chmod(join(volume, 'openclaw'), 0o600));
  assert.equal(await readFile(join(volume, 'openclaw'), 'utf8'), 'a file');
});
