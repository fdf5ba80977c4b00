/** The bundled program as a pod runs it: another process, the pod's user, real directories. */
import assert from 'node:assert/strict';
import { watch } from 'node:fs';
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { PreparePlan } from '../../../src/lib/pod-plan.ts';
import { POD_UID, asPodUser } from '../support/pod-user.ts';
import { planFor } from '../support/run-prepare.ts';
import { runProgram, writePrograms } from '../support/run-program.ts';
import { type Wanted, fill, giveAway, makeVolume, scratch, treeOf } from '../support/volume.ts';

const LAYOUT: Wanted = {
  'openclaw.json': '{"gateway":{"auth":{"token":"s3cret"}}}',
  'agents/a/sessions/1.jsonl': 'talk',
  'sealed/x': 'x',
  sealed: { mode: 0o555 },
  '.cache/y': 'y',
};

let programs: string;

before(async () => {
  programs = await mkdtemp(join(tmpdir(), 'openclaw-gitops-programs-'));
  await chmod(programs, 0o755);
  await writePrograms(programs);
});

after(() => rm(programs, { recursive: true }));

async function writePlan(directory: string, plan: unknown): Promise<readonly string[]> {
  await writeFile(join(directory, 'plan.json'), JSON.stringify(plan));
  return [join(programs, 'prepare.mjs'), join(directory, 'plan.json')];
}

test('it prepares a volume, says what it did and never a value, and finds nothing to do the second time', async (t) => {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  await fill(volume, LAYOUT);
  await fill(directory, {
    'source/seed': 'seed s3cret',
    'source/openclaw.json': '{"gateway":{"mode":"local","auth":{"token":"s3cret2"}}}',
  });
  const state = join(volume, 'openclaw');
  const plan: PreparePlan = planFor(volume, {
    directories: [{ path: join(volume, '.local'), mode: '0700' }],
    files: [{ source: join(directory, 'source/seed'), target: join(state, 'workspace/SEED.md') }],
    listen: { directory: join(volume, '.local/listen'), ports: [18780] },
    config: { source: join(directory, 'source/openclaw.json'), target: join(state, 'openclaw.json'), mode: 'merge', forcePaths: [] },
  });
  const args = await writePlan(directory, plan);
  const first = await runProgram(args);
  assert.deepEqual([first.code, first.stderr], [0, ''], first.stderr);
  assert.match(first.stdout, /^prepare: adopted 3 entries from the root of ".*\/data" into ".*\/data\/openclaw"\n/);
  assert.ok(!first.stdout.includes('s3cret'));
  assert.equal(
    await readFile(join(volume, '.local/listen/listen-18780.conf'), 'utf8').then((text) => text.split('\n')[0]),
    'listen 0.0.0.0:18780;',
  );
  assert.deepEqual(JSON.parse(await asPodUser(() => readFile(join(state, 'openclaw.json'), 'utf8'))), {
    gateway: { auth: { token: 's3cret2' }, mode: 'local' },
  });
  const tree = await treeOf(volume, { times: true });
  assert.deepEqual(await runProgram(args), { code: 0, signal: null, stdout: '', stderr: '' });
  assert.deepEqual(await treeOf(volume, { times: true }), tree);
});

test('killed at any moment it loses nothing and ends the same', async (t) => {
  const directory = await scratch(t);
  const names = Array.from({ length: 400 }, (_, index) => `entry-${String(index).padStart(3, '0')}`);
  const volume = await makeVolume(join(directory, 'data'));
  await fill(volume, Object.fromEntries(names.map((name, index) => [name, index % 7 === 0 ? { mode: 0o555 } : name])));
  const args = await writePlan(directory, planFor(volume));
  let kills = 0;
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const movesBeforeKill = Math.floor(Math.random() * 30);
    const watcher = watch(volume);
    const { signal } = await runProgram(args, {
      onStart: (child) => {
        let moves = 0;
        watcher.on('change', () => (moves += 1) > movesBeforeKill && child.kill('SIGKILL'));
      },
    });
    watcher.close();
    kills += signal === 'SIGKILL' ? 1 : 0;
    const root = await readdir(volume);
    const moved = await asPodUser(() => readdir(join(volume, 'openclaw')).catch(() => []));
    const found = new Set([...root, ...moved].filter((name) => name.startsWith('entry-')));
    assert.deepEqual([...found].sort(), names, `killed after about ${movesBeforeKill} moves`);
  }
  const last = await runProgram(args);
  assert.equal(last.code, 0, last.stderr);
  assert.ok(kills > 0, 'no run was killed');
  const tree = await treeOf(join(volume, 'openclaw'));
  assert.deepEqual(
    tree.slice(1),
    names.map((name, index) => (index % 7 === 0 ? `${name} 555 own /` : `${name} 644 own "${name}"`)),
  );
  assert.deepEqual((await readdir(volume)).sort(), ['.openclaw-gitops-openclaw.adopted', 'openclaw']);
});

test('SIGTERM ends it with 143 while it waits for the disk', async (t) => {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  const source = join(directory, 'source');
  await fill(source, { a: 'a' });
  const files = Array.from({ length: 5_000 }, (_, index) => ({
    source: join(source, 'a'),
    target: join(volume, `openclaw/files/${index}`),
  }));
  const args = await writePlan(directory, planFor(volume, { files }));
  const { code, signal } = await runProgram(args, { onStart: (child) => child.stdout.once('data', () => child.kill('SIGTERM')) });
  assert.deepEqual([code, signal], [143, null]);
});

test('what it cannot do ends with 1, what was found and a hint', async (t) => {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'), 0o555);
  const args = await writePlan(directory, planFor(volume));
  const { code, stdout, stderr } = await runProgram(args);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(
    stderr,
    new RegExp(
      `^prepare: error: found the volume "${volume}" owned by uid \\d+ with mode 555, expected one that uid ${POD_UID}, which this pod runs as, can write\\n {2}hint: set podSecurityContext`,
    ),
  );
});

test('a refusal of the kernel names the paths, their owners and our uid', async (t) => {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  await fill(volume, { 'openclaw/workspace/x': 'x', 'openclaw/workspace': { mode: 0o000 } });
  const args = await writePlan(
    directory,
    planFor(volume, { files: [{ source: join(directory, 'plan.json'), target: join(volume, 'openclaw/workspace/deep/x') }] }),
  );
  const { code, stderr } = await runProgram(args);
  assert.equal(code, 1);
  assert.match(
    stderr,
    new RegExp(
      `lstat failed \\(EACCES\\) as uid ${POD_UID}; ".*workspace" is a directory of uid ${POD_UID}, mode \\d*; .*\\n {2}hint: run the pod as the owner`,
    ),
  );
});

test('wrong usage and plans it does not know end with 2, our bugs with 3', async (t) => {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  const program = join(programs, 'prepare.mjs');
  const usage = await runProgram([program]);
  assert.deepEqual(
    [usage.code, usage.stderr],
    [2, 'prepare: error: found 0 arguments, expected one\n  hint: node prepare.mjs <plan.json>\n'],
  );
  const missing = await runProgram([program, join(directory, 'none.json')]);
  assert.deepEqual([missing.code, missing.stderr], [2, `prepare: error: cannot read the plan "${directory}/none.json" (ENOENT)\n`]);
  await writeFile(join(directory, 'plan.json'), '{"s3cret');
  const broken = await runProgram([program, join(directory, 'plan.json')]);
  assert.deepEqual([broken.code, broken.stderr], [2, `prepare: error: cannot read the plan "${directory}/plan.json" (not JSON)\n`]);
  for (const plan of [{ ...planFor(volume), schema: 2 }, [], null, {}]) {
    const unknown = await runProgram(await writePlan(directory, plan));
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /found .* as plan schema in .* expected 1\n {2}hint: apply all rendered objects together/);
  }
  const bug = await runProgram(await writePlan(directory, planFor(volume, { links: [{ path: 'relative', target: 'x' }] })));
  assert.equal(bug.code, 3);
  assert.match(bug.stderr, /^prepare: bug: Error: the plan has the path "relative"/);
});

test('a directory that kubelet made as root is taken over by the real user', async (t) => {
  const directory = await scratch(t);
  const volume = await makeVolume(join(directory, 'data'));
  await fill(volume, { 'openclaw/a': 'a', openclaw: { mode: 0o2777 } });
  await giveAway(join(volume, 'openclaw'), 0);
  const { code, stderr } = await runProgram(await writePlan(directory, planFor(volume)));
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual((await treeOf(volume)).slice(1), ['openclaw 700 own /', 'openclaw/a 644 own "a"']);
});
