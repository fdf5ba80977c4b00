import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { RECORD_FILE, type InstalledEntry, recordOf } from '../../../src/pod/installed-record.ts';
import { asPodUser } from '../support/pod-user.ts';
import { planFor, runPrepare } from '../support/run-prepare.ts';
import { fill, makeVolume, scratch, treeOf } from '../support/volume.ts';

const NOTES: InstalledEntry = {
  key: 'skill:openclaw/skills/notes',
  kind: 'skill',
  asked: '1.0.0 any',
  paths: ['openclaw/skills/notes'],
  listed: { file: 'openclaw/.clawhub/lock.json', slug: 'notes' },
};
const TOOL: InstalledEntry = {
  key: 'package:tool',
  kind: 'package',
  asked: '1.0.0 any',
  paths: ['.local/lib/node_modules/tool', '.local/bin/tool'],
};
const GREETER: InstalledEntry = {
  key: 'plugin:npm:greeter',
  kind: 'plugin',
  asked: '1.0.0 any',
  paths: [],
  plugin: { id: 'greeter', version: '1.0.0', directory: '/home/openclaw/.openclaw/extensions/greeter' },
};

async function volumeWith(t: TestContext, record: string): Promise<string> {
  const volume = await makeVolume(join(await scratch(t), 'data'));
  await fill(volume, {
    'openclaw/skills/notes/SKILL.md': 'notes',
    'openclaw/skills/mine/SKILL.md': 'mine',
    'openclaw/.clawhub/lock.json': JSON.stringify({ version: 1, skills: { notes: {}, mine: {} } }),
    '.local/lib/node_modules/tool/cli.js': 'tool',
    '.local/lib/node_modules/own/cli.js': 'own',
    '.local/bin/tool': { link: '../lib/node_modules/tool/cli.js' },
    '.local/bin/own': { link: '../lib/node_modules/own/cli.js' },
  });
  await asPodUser(() => writeFile(join(volume, RECORD_FILE), record));
  return volume;
}

const run = (volume: string, installed?: readonly string[]): Promise<readonly string[]> =>
  runPrepare(planFor(volume, { keepAtRoot: ['.cache', '.local'], ...(installed === undefined ? {} : { installed }) }));

async function names(volume: string): Promise<readonly string[]> {
  return (await treeOf(volume)).map((line) => line.split(' ')[0] ?? '').filter((name) => /skills\/|node_modules\/|bin\//.test(name));
}

test('what was installed and left the plan is removed; what others installed stays', async (t) => {
  const volume = await volumeWith(t, recordOf([NOTES, TOOL, GREETER]));
  const lines = await run(volume);
  assert.deepEqual(
    lines.filter((line) => line.startsWith('removed')),
    ['removed "skill:openclaw/skills/notes"', 'removed "package:tool"'],
  );
  assert.deepEqual(await names(volume), [
    '.local/bin/own',
    '.local/lib/node_modules/own',
    '.local/lib/node_modules/own/cli.js',
    'openclaw/skills/mine',
    'openclaw/skills/mine/SKILL.md',
  ]);
  assert.deepEqual(JSON.parse(await readFile(join(volume, 'openclaw/.clawhub/lock.json'), 'utf8')), { version: 1, skills: { mine: {} } });
  assert.equal(await readFile(join(volume, RECORD_FILE), 'utf8'), recordOf([GREETER]));
});

test('what the plan has stays, and a second run changes nothing', async (t) => {
  const volume = await volumeWith(t, recordOf([NOTES, TOOL]));
  const keys = [NOTES.key, TOOL.key];
  const before = await run(volume, keys).then(() => treeOf(volume));
  await run(volume, keys);
  assert.deepEqual(await treeOf(volume), before);
  assert.ok(before.some((line) => line.startsWith('openclaw/skills/notes/SKILL.md')));
});

test('a record or a list that cannot be read removes nothing', async (t) => {
  const volume = await volumeWith(t, '{"installed": [');
  const before = await names(volume);
  await run(volume);
  assert.deepEqual(await names(volume), before);
});

test('a list that is no JSON stays as it is', async (t) => {
  const volume = await volumeWith(t, recordOf([NOTES]));
  const list = join(volume, 'openclaw/.clawhub/lock.json');
  await asPodUser(() => writeFile(list, 'not JSON'));
  await run(volume);
  assert.equal(await readFile(list, 'utf8'), 'not JSON');
});

test('nothing is removed through a link that the agent made', async (t) => {
  const volume = await volumeWith(t, recordOf([{ ...NOTES, paths: ['openclaw/elsewhere/notes'] }]));
  await fill(volume, { 'outside/notes/kept': 'kept', 'openclaw/elsewhere': { link: '/nowhere' } });
  const lines = await run(volume);
  assert.ok(lines.some((line) => line.startsWith('warning: did not remove')));
  assert.equal(await readFile(join(volume, RECORD_FILE), 'utf8'), recordOf([{ ...NOTES, paths: ['openclaw/elsewhere/notes'] }]));
});
