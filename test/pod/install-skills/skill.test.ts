import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { test } from 'node:test';
import { skill, World } from './world.ts';

const NOTES = ['openclaw/skills/notes', 'SKILL.md'] as const;
const LIST = 'openclaw/.clawhub/lock.json';

test('a skill is installed once: the next start runs no command', async (t) => {
  const world = await World.of(t);
  assert.deepEqual(await world.install({ skills: [skill()] }), ['skills install @team/notes --version 1.0.0 --global']);
  assert.equal(await world.read(...NOTES), 'notes 1.0.0');
  assert.deepEqual(await world.install({ skills: [skill()] }), []);
  assert.deepEqual(
    (await world.record()).map(({ key, paths }) => [key, paths]),
    [['skill:openclaw/skills/notes', ['openclaw/skills/notes']]],
  );
});

test('a skill of a workspace goes there, one without owner by its name, one without version in the newest', async (t) => {
  const world = await World.of(t);
  const commands = await world.install({
    skills: [skill({ key: 'k', owner: null, version: null, root: 'openclaw/workspace-b' })],
  });
  assert.deepEqual(commands, ['skills install notes --global']);
  assert.equal(await world.read('openclaw/workspace-b/skills/notes/SKILL.md'), 'notes 1.2.0');
  world.newest.skill = '2.0.0';
  assert.deepEqual(await world.install({ skills: [skill({ key: 'k', owner: null, version: null, root: 'openclaw/workspace-b' })] }), []);
});

test('another version replaces the skill, without a rest of the old one', async (t) => {
  const world = await World.of(t);
  await world.install({ skills: [skill()] });
  await world.write('old', 'openclaw/skills/notes/old.md');
  await world.install({ skills: [skill({ version: '2.0.0' })] });
  assert.equal(await world.read(...NOTES), 'notes 2.0.0');
  assert.equal(await world.read('openclaw/skills/notes/old.md'), '');
  assert.equal(await world.read('openclaw/.openclaw-gitops-staging'), '');
});

test('what cannot be had fails, and leaves the old version', async (t) => {
  const world = await World.of(t);
  await world.install({ skills: [skill()] });
  world.failing.set('skills install', 1);
  await assert.rejects(world.install({ skills: [skill({ version: '2.0.0', name: '@team/notes@2.0.0' })] }), {
    message: 'cannot install the skill "@team/notes@2.0.0":\ngetaddrinfo EAI_AGAIN',
  });
  assert.equal(await world.read(...NOTES), 'notes 1.0.0');
});

test('one skill that cannot be had does not keep the others out', async (t) => {
  const world = await World.of(t);
  world.failing.set('@team/bad', 1);
  const bad = skill({ key: 'bad', name: '@team/bad', slug: 'bad' });
  await assert.rejects(world.install({ skills: [bad, skill()] }), /cannot install the skill "@team\/bad"/);
  assert.equal(await world.read(...NOTES), 'notes 1.0.0');
});

test('by the policy "start" it is tried again, and then the agent starts without', async (t) => {
  const world = await World.of(t);
  world.failing.set('skills install', 1);
  const commands = await world.install({ onFailure: 'start', skills: [skill()] }, [0, 0]);
  assert.equal(commands.length, 2);
  assert.equal(await world.read(...NOTES), 'notes 1.0.0');
  world.failing.set('skills install', 9);
  await world.install({ onFailure: 'start', skills: [skill({ version: '2.0.0' })] }, [0]);
  assert.match(world.lines.at(-1) ?? '', /^warning: starting without: cannot install the skill/);
  assert.equal(await world.read(...NOTES), 'notes 1.0.0');
});

test('a digest that differs from the lock is refused before anything is placed', async (t) => {
  const world = await World.of(t);
  await assert.rejects(world.install({ skills: [skill({ integrity: 'sha256-other' })] }), {
    message:
      'ClawHub has the skill "@team/notes@1.0.0" as version 1.0.0, sha256-right, expected sha256-other\n  hint: if the change is wanted, run "openclaw-gitops lock"',
  });
  assert.equal(await world.read(...NOTES), '');
});

test('a directory of the same name that is not from ClawHub stays, and is told of', async (t) => {
  const world = await World.of(t);
  await world.write('mine', ...NOTES);
  await assert.rejects(world.install({ skills: [skill()] }), /which is another skill than "@team\/notes@1\.0\.0"/);
  assert.equal(await world.read(...NOTES), 'mine');
  assert.deepEqual(world.commands, []);
});

test('the same skill from before, installed by whoever, is taken over without a command', async (t) => {
  const world = await World.of(t);
  await world.install({ skills: [skill()] });
  await rm(world.path('.openclaw-gitops-installed.json'));
  assert.deepEqual(await world.install({ skills: [skill()] }), []);
  assert.equal((await world.record()).length, 1);
});

test('edits stay, but another release in its place does not', async (t) => {
  const world = await World.of(t);
  await world.install({ skills: [skill()] });
  await world.write('edited', ...NOTES);
  assert.deepEqual(await world.install({ skills: [skill()] }), []);
  await world.write(JSON.stringify({ slug: 'notes', installedVersion: '9.0.0' }), 'openclaw/skills/notes/.clawhub/origin.json');
  await world.install({ skills: [skill()] });
  assert.equal(await world.read(...NOTES), 'notes 1.0.0');
});

test('a run that was killed between the two renames is made good without the network', async (t) => {
  const world = await World.of(t);
  await world.install({ skills: [skill()] });
  await mkdir(world.path('openclaw/.openclaw-gitops-staging'));
  await rename(world.path('openclaw/skills/notes'), world.path('openclaw/.openclaw-gitops-staging/notes.old'));
  assert.deepEqual(await world.install({ skills: [skill()] }), []);
  assert.equal(await world.read(...NOTES), 'notes 1.0.0');
});

test("ClawHub's own list gets the skill and keeps the others", async (t) => {
  const world = await World.of(t);
  await world.write(JSON.stringify({ version: 1, skills: { other: { version: '3' } } }), LIST);
  await world.install({ skills: [skill()] });
  assert.deepEqual(JSON.parse(await world.read(LIST)), { version: 1, skills: { other: { version: '3' }, notes: { version: '1.0.0' } } });
});

test('skills never go through a link to a place outside', async (t) => {
  const world = await World.of(t);
  await mkdir(world.path('elsewhere'));
  await symlink(world.path('elsewhere'), world.path('openclaw/skills'));
  await assert.rejects(world.install({ skills: [skill()] }), /expected a directory of its own/);
  assert.equal(await world.read('elsewhere/notes/SKILL.md'), '');
});

test('a record that cannot be read removes nothing and installs nothing twice', async (t) => {
  const world = await World.of(t);
  await world.install({ skills: [skill()] });
  await world.write('{', '.openclaw-gitops-installed.json');
  assert.deepEqual(await world.install({ skills: [skill()] }), []);
});
