import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { asPodUser } from '../support/pod-user.ts';
import { type PlanParts, planFor, runPrepare } from '../support/run-prepare.ts';
import { type Wanted, fill, giveAway, makeVolume, pretendMounted, scratch, testFileSystem, treeOf } from '../support/volume.ts';

interface Place {
  readonly directory: string;
  readonly volume: string;
  readonly state: string;
  readonly workspace: string;
  readonly source: (name: string) => string;
  readonly run: (parts: PlanParts) => Promise<readonly string[]>;
  /** The tree of the workspace without the line of the workspace itself. */
  readonly tree: () => Promise<readonly string[]>;
}

async function place(t: TestContext, wanted: Wanted = {}, sources: Wanted = {}): Promise<Place> {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  const state = join(volume, 'openclaw');
  const workspace = join(state, 'workspace');
  await fill(directory, { 'source/a': 'A', 'source/b': 'B', 'outside/kept': 'outside', ...sources });
  await fill(volume, { 'openclaw/workspace': null });
  await fill(workspace, wanted);
  await asPodUser(() => chmod(state, 0o700));
  return {
    directory,
    volume,
    state,
    workspace,
    source: (name) => join(directory, 'source', name),
    run: (parts) => runPrepare(planFor(volume, parts)),
    tree: async () => (await treeOf(workspace)).slice(1),
  };
}

test('POD-278 files are seeded with their parents, binary safe, closed to other users', async (t) => {
  const { workspace, source, run } = await place(t);
  const bytes = Buffer.from([0, 255, 10, 13, 128]);
  await asPodUser(() => writeFile(source('binary'), bytes));
  await run({ files: [{ source: source('binary'), target: join(workspace, 'docs/deep/logo.png') }] });
  assert.deepEqual(await readFile(join(workspace, 'docs/deep/logo.png')), bytes);
  assert.deepEqual((await treeOf(workspace)).map((line) => line.split(' ').slice(0, 3).join(' ')).slice(1), [
    'docs 700 own',
    'docs/deep 700 own',
    'docs/deep/logo.png 600 own',
  ]);
});

test('POD-284 files are seeded once and edits of the agent stay', async (t) => {
  const { workspace, source, run, tree } = await place(t, {
    'SOUL.md': 'mine',
    'empty.md': '',
    'dangling.md': { link: '/nowhere' },
    'directory.md': null,
  });
  const files = ['SOUL.md', 'empty.md', 'dangling.md', 'directory.md', 'new.md'].map((name) => ({
    source: source('a'),
    target: join(workspace, name),
  }));
  const first = await run({ files });
  assert.deepEqual(first, [`seeded "${workspace}/new.md"`]);
  assert.deepEqual(await tree(), [
    'SOUL.md 644 own "mine"',
    'dangling.md  own -> /nowhere',
    'directory.md 2755 own /',
    'empty.md 644 own ""',
    'new.md 600 own "A"',
  ]);
  await asPodUser(() => writeFile(join(workspace, 'new.md'), 'edited'));
  assert.deepEqual(await run({ files }), []);
  assert.equal(await readFile(join(workspace, 'new.md'), 'utf8'), 'edited');
});

test('a missing source is an error', async (t) => {
  const { workspace, source, run } = await place(t);
  await assert.rejects(
    run({ files: [{ source: source('gone'), target: join(workspace, 'x') }] }),
    /cannot read ".*\/source\/gone" \(ENOENT\), which the plan names as a source/,
  );
});

test('nothing is written through a link out of the state directory, nor into what the agent closed', async (t) => {
  const { directory, state, workspace, source, run, tree } = await place(t, {
    out: { link: '../../../outside' },
    up: { link: '/' },
    loop: { link: 'loop' },
    'a-file': 'text',
    sealed: { mode: 0o555 },
    inner: { link: '../shared' },
  });
  await fill(state, { shared: null });
  const names = ['out/x', 'up/x', 'loop/x', 'a-file/x', 'sealed/x', 'sealed/deep/x'];
  const lines = await run({ files: [...names, 'inner/x'].map((name) => ({ source: source('a'), target: join(workspace, name) })) });
  assert.deepEqual(lines.filter((line) => line.startsWith('warning')).length, names.length, lines.join('\n'));
  assert.deepEqual(
    (await treeOf(join(directory, 'outside'))).map((line) => line.split(' ')[0]),
    ['.', 'kept'],
  );
  assert.equal(await readFile(join(state, 'shared/x'), 'utf8'), 'A');
  assert.deepEqual(
    (await tree()).map((line) => line.split(' ')[0]),
    ['a-file', 'inner', 'loop', 'out', 'sealed', 'up'],
  );
});

test('POD-289 POD-291 a replace set places its files, reverts edits and remembers what it placed', async (t) => {
  const { volume, workspace, source, run, tree } = await place(t, { 'mine.md': 'mine' });
  const record = join(volume, '.skillpack-manifest');
  const replaceSets = [
    {
      root: workspace,
      record,
      files: [
        { source: source('b'), path: 'skills/p/SKILL.md' },
        { source: source('a'), path: 'skills/p/lib/a.md' },
      ],
    },
  ];
  await run({ replaceSets });
  const placed = [
    'mine.md 644 own "mine"',
    'skills 700 own /',
    'skills/p 700 own /',
    'skills/p/SKILL.md 600 own "B"',
    'skills/p/lib 700 own /',
    'skills/p/lib/a.md 600 own "A"',
  ];
  assert.deepEqual(await tree(), placed);
  assert.equal(await readFile(record, 'utf8'), 'skills/p/SKILL.md\nskills/p/lib/a.md\n');
  await asPodUser(async () => {
    await writeFile(join(workspace, 'skills/p/SKILL.md'), 'edited');
    await rm(join(workspace, 'skills/p/lib'), { recursive: true });
    await symlink('/nowhere', join(workspace, 'skills/p/lib'));
  });
  const lines = await run({ replaceSets });
  assert.deepEqual(lines, [
    `placed "${workspace}/skills/p/SKILL.md"`,
    `warning: did not place "${workspace}/skills/p/lib/a.md": "${workspace}/skills/p/lib" was arranged by the agent and is left alone`,
  ]);
});

test('W-37 a program of a pack can be executed, also one that was placed before it was one', async (t) => {
  const { volume, workspace, source, run, tree } = await place(t);
  const set = (executable: boolean) => ({
    root: workspace,
    record: join(volume, '.record'),
    files: [{ source: source('a'), path: 'run.sh', ...(executable ? { executable: true as const } : {}) }],
  });
  const files = [{ source: source('b'), target: join(workspace, 'once.sh'), executable: true as const }];
  await run({ files, replaceSets: [set(false)] });
  assert.deepEqual(await tree(), ['once.sh 700 own "B"', 'run.sh 600 own "A"']);
  assert.deepEqual(await run({ files, replaceSets: [set(true)] }), [`placed "${workspace}/run.sh"`]);
  assert.deepEqual(await run({ files, replaceSets: [set(true)] }), []);
  await asPodUser(() => chmod(join(workspace, 'run.sh'), 0o770));
  assert.deepEqual(await run({ files, replaceSets: [set(true)] }), []);
  assert.deepEqual(await tree(), ['once.sh 700 own "B"', 'run.sh 770 own "A"']);
});

test('a link in the place of a placed file is replaced, not written through', async (t) => {
  const { directory, volume, workspace, source, run, tree } = await place(t, { 'SKILL.md': { link: '../../../outside/kept' } });
  await run({ replaceSets: [{ root: workspace, record: join(volume, '.record'), files: [{ source: source('a'), path: 'SKILL.md' }] }] });
  assert.deepEqual(await tree(), ['SKILL.md 600 own "A"']);
  assert.equal(await readFile(join(directory, 'outside/kept'), 'utf8'), 'outside');
});

test('POD-290 what leaves a set is removed with the directories it empties, and nothing else', async (t) => {
  const { volume, workspace, source, run, tree } = await place(t, {
    'skills/old/SKILL.md': 'old',
    'skills/old/lib/x': 'old',
    'skills/mixed/SKILL.md': 'old',
    'skills/mixed/mine': 'mine',
    'declared/x': 'old',
    'now-a-directory/x': 'mine',
  });
  const record = join(volume, '.record');
  await asPodUser(() =>
    writeFile(record, 'skills/old/SKILL.md\nskills/old/lib/x\nskills/mixed/SKILL.md\ndeclared/x\nnow-a-directory\ngone/x\n'),
  );
  await run({
    directories: [{ path: join(workspace, 'declared'), mode: '0700' }],
    replaceSets: [{ root: workspace, record, files: [{ source: source('a'), path: 'skills/old' }] }],
  });
  assert.deepEqual(await tree(), [
    'declared 700 own /',
    'now-a-directory 2755 own /',
    'now-a-directory/x 644 own "mine"',
    'skills 2755 own /',
    'skills/mixed 2755 own /',
    'skills/mixed/mine 644 own "mine"',
    'skills/old 600 own "A"',
  ]);
  assert.equal(await readFile(record, 'utf8'), 'skills/old\n');
});

test('POD-292 an empty set cleans up and forgets; without a record it does nothing', async (t) => {
  const { volume, workspace, run, tree } = await place(t, { 'skills/p/SKILL.md': 'old' });
  const record = join(volume, '.record');
  const replaceSets = [{ root: workspace, record, files: [] }];
  assert.deepEqual(await run({ replaceSets }), []);
  await asPodUser(() => writeFile(record, 'skills/p/SKILL.md\n'));
  await run({ replaceSets });
  assert.deepEqual(await tree(), []);
  await assert.rejects(readFile(record), { code: 'ENOENT' });
});

test('POD-293 a record cannot reach out of its root', async (t) => {
  const { directory, volume, workspace, run } = await place(t, { out: { link: '../../../outside' } });
  await asPodUser(() => writeFile(join(volume, '.record'), '../../openclaw.json\n/etc/passwd\nout/kept\nout/../../x\n'));
  await fill(volume, { 'openclaw/openclaw.json': '{}' });
  await run({ replaceSets: [{ root: workspace, record: join(volume, '.record'), files: [] }] });
  assert.equal(await readFile(join(directory, 'outside/kept'), 'utf8'), 'outside');
  assert.equal(await readFile(join(volume, 'openclaw/openclaw.json'), 'utf8'), '{}');
  assert.equal(await readFile(join(volume, '.record'), 'utf8'), 'out/kept\n');
});

test('what cannot be removed stays on record and is removed once it can be', async (t) => {
  const { volume, workspace, run, tree } = await place(t, { 'sealed/x': 'old', sealed: { mode: 0o555 } });
  const record = join(volume, '.record');
  await asPodUser(() => writeFile(record, 'sealed/x\n'));
  const replaceSets = [{ root: workspace, record, files: [] }];
  await run({ replaceSets });
  assert.equal(await readFile(record, 'utf8'), 'sealed/x\n');
  await asPodUser(() => chmod(join(workspace, 'sealed'), 0o755));
  await run({ replaceSets });
  assert.deepEqual(await tree(), []);
});

test('POD-294 POD-295 sets have their own records; a file that moves to the seeded ones or to another set survives', async (t) => {
  const { volume, state, workspace, source, run, tree } = await place(t);
  const other = join(state, 'workspace-research');
  const first = { root: workspace, record: join(volume, '.record') };
  const second = { root: other, record: join(volume, '.record-ws-research') };
  await run({
    replaceSets: [
      { ...first, files: [{ source: source('a'), path: 'x.md' }] },
      { ...second, files: [{ source: source('a'), path: 'y.md' }] },
    ],
  });
  await run({
    files: [{ source: source('b'), target: join(workspace, 'x.md') }],
    replaceSets: [
      { ...first, files: [] },
      { ...second, files: [{ source: source('a'), path: 'y.md' }] },
    ],
  });
  assert.deepEqual(await tree(), ['x.md 600 own "B"']);
  assert.deepEqual((await treeOf(other)).slice(1), ['y.md 600 own "A"']);
  await assert.rejects(readFile(first.record), { code: 'ENOENT' });
  assert.equal(await readFile(second.record, 'utf8'), 'y.md\n');
});

test('directories get their mode and their parents; kubelet’s are taken over; the agent’s links inside the state stay', async (t) => {
  const { volume, state, run } = await place(t, { x: 'y' });
  await fill(volume, { '.cache/npm': 'cached', '.cache': { mode: 0o2777 }, 'openclaw/media': { link: '/elsewhere' } });
  await giveAway(join(volume, '.cache'), 0);
  const lines = await run({
    directories: [
      { path: join(volume, '.cache'), mode: '0700' },
      { path: join(volume, 'pod/tmp'), mode: '0700' },
      { path: join(state, 'media'), mode: '0700' },
      { path: join(state, 'workspace'), mode: '0750' },
    ],
  });
  assert.deepEqual(lines, [
    `took over "${volume}/.cache", which another user had made`,
    `made "${volume}/pod/tmp"`,
    `warning: did not make "${state}/media": "${state}/media" was arranged by the agent and is left alone`,
  ]);
  const tree = await treeOf(volume);
  for (const line of [
    '.cache 700 own /',
    '.cache/npm 644 own "cached"',
    'pod 700 own /',
    'pod/tmp 700 own /',
    'openclaw/media  own -> /elsewhere',
    'openclaw/workspace 750 own /',
  ])
    assert.ok(tree.includes(line), `${line}\n${tree.join('\n')}`);
});

test('a link where kubelet will mount is an error', async (t) => {
  const { volume, run } = await place(t);
  await asPodUser(() => symlink('/etc', join(volume, '.cache')));
  await assert.rejects(
    run({ directories: [{ path: join(volume, '.cache'), mode: '0700' }] }),
    /found a link at ".*\.cache", expected a directory/,
  );
});

test('the root of a mounted volume is used as kubelet made it, when it can be written', async (t) => {
  const { directory, run } = await place(t);
  const path = await makeVolume(join(directory, 'listen'), 0o2777);
  await giveAway(path, 0);
  await pretendMounted(path);
  const parts = { directories: [{ path, mode: '0755' }], listen: { directory: path, ports: [18780] } };
  assert.deepEqual(await run(parts), [`wrote "${path}/listen-18780.conf"`]);
  const closed = await makeVolume(join(directory, 'closed'), 0o555);
  await giveAway(closed, 0);
  await pretendMounted(closed);
  const closedRun = runPrepare(planFor(join(directory, 'data'), { directories: [{ path: closed, mode: '0755' }] }), {
    ...testFileSystem,
    isWritable: async (asked) => asked !== closed,
  });
  await assert.rejects(closedRun, /found the volume ".*closed" owned by uid 0 with mode 555/);
});

test('links are made and corrected; a file in their place is an error', async (t) => {
  const { state, run } = await place(t);
  const path = join(state, 'tools/current');
  await run({ links: [{ path, target: '/opt/a' }] });
  await run({ links: [{ path, target: '/opt/b' }] });
  assert.deepEqual((await treeOf(join(state, 'tools'))).slice(1), ['current  own -> /opt/b']);
  await asPodUser(async () => {
    await rm(path);
    await mkdir(path);
  });
  await assert.rejects(run({ links: [{ path, target: '/opt/b' }] }), /found a directory at ".*current", expected a link to "\/opt\/b"/);
});

test('a plan path that is not in its one spelling is our bug', async (t) => {
  const { volume, state, workspace, source, run } = await place(t);
  const plans: readonly PlanParts[] = [
    { directories: [{ path: `${volume}/../x`, mode: '0700' }] },
    { files: [{ source: source('a'), target: `${workspace}//x` }] },
    { links: [{ path: 'relative', target: 'x' }] },
    { replaceSets: [{ root: workspace, record: join(volume, 'r'), files: [{ source: source('a'), path: '../x' }] }] },
    { replaceSets: [{ root: workspace, record: join(volume, 'r'), files: [{ source: source('a'), path: 'a\nb' }] }] },
    { listen: { directory: `${volume}/`, ports: [] } },
    { config: { source: source('a'), target: `${state}/./openclaw.json`, mode: 'merge', forcePaths: [] } },
  ];
  for (const plan of plans) await assert.rejects(run(plan), /the plan has the path/);
});
