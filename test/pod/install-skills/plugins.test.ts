import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { plugin, World } from './world.ts';

const INSPECT = 'plugins inspect --all --json';

test('a plugin is installed with its exact version, looked at, and not again', async (t) => {
  const world = await World.of(t);
  const commands = await world.install({ plugins: [plugin()], pluginOptions: ['--force', '--accept-capabilities'] });
  assert.deepEqual(commands, [INSPECT, 'plugins install npm:@team/greeter@1.0.0 --pin --force --accept-capabilities', INSPECT]);
  assert.deepEqual(await world.install({ plugins: [plugin()] }), []);
});

test('of ClawHub without --pin, and one look for several', async (t) => {
  const world = await World.of(t);
  world.pluginId = 'herald';
  const herald = plugin({ key: 'h', name: 'herald', source: 'clawhub', package: 'herald', version: null, id: 'herald' });
  assert.deepEqual(await world.install({ plugins: [herald] }), [INSPECT, 'plugins install clawhub:herald --force', INSPECT]);
});

test('files that are gone are installed anew', async (t) => {
  const world = await World.of(t);
  await world.install({ plugins: [plugin()] });
  await rm(world.path('openclaw/extensions/greeter'), { recursive: true });
  world.plugins.clear();
  assert.equal((await world.install({ plugins: [plugin()] })).length, 3);
});

test('the plugin that is there already is taken over, also when its version is only now named', async (t) => {
  const world = await World.of(t);
  await world.install({ plugins: [plugin({ version: null })] });
  assert.deepEqual(await world.install({ plugins: [plugin({ version: '1.1.0' })] }), [INSPECT]);
  await rm(world.path('.openclaw-gitops-installed.json'));
  assert.deepEqual(await world.install({ plugins: [plugin({ version: '1.1.0' })] }), [INSPECT]);
});

test('another version is installed over the old one', async (t) => {
  const world = await World.of(t);
  await world.install({ plugins: [plugin()] });
  await world.install({ plugins: [plugin({ version: '1.1.0' })] });
  assert.equal(world.plugins.get('greeter')?.version, '1.1.0');
});

test('a digest of npm that differs from the lock keeps the plugin out', async (t) => {
  const world = await World.of(t);
  await assert.rejects(world.install({ plugins: [plugin({ integrity: 'sha512-other' })] }), {
    message:
      'npm has the plugin "npm:@team/greeter@1.0.0" as sha256-right, expected sha512-other\n  hint: if the change is wanted, run "openclaw-gitops lock"',
  });
  assert.deepEqual(world.commands, [INSPECT, 'npm view @team/greeter@1.0.0 dist.integrity']);
});

test('one of ClawHub that differs is uninstalled again', async (t) => {
  const world = await World.of(t);
  const herald = plugin({ source: 'clawhub', package: 'herald', name: 'herald@1.0.0', integrity: 'sha512-other' });
  await assert.rejects(world.install({ plugins: [herald] }), {
    message:
      'the plugin "herald@1.0.0" is sha256-right, expected sha512-other; it is uninstalled again\n  hint: if the change is wanted, run "openclaw-gitops lock"',
  });
  assert.equal(world.plugins.size, 0);
});

test('an id that the configuration does not enable is told, with and without an installation', async (t) => {
  const world = await World.of(t);
  const expected = {
    message:
      /^the plugin "npm:@team\/greeter@1\.0\.0" has the id "greeter", and the configuration enables "other"\n {2}hint: .*plugins\.entries\.greeter\.enabled/,
  };
  await assert.rejects(world.install({ plugins: [plugin({ id: 'other' })] }), expected);
  const before = world.commands.length;
  await assert.rejects(world.install({ plugins: [plugin({ id: 'other' })] }), expected);
  assert.equal(world.commands.length, before);
  const config = { gateway: { mode: 'local' }, plugins: { entries: { greeter: { enabled: true } } } };
  await world.install({ plugins: [plugin({ id: 'other' })], config });
});

test('what left the plan is uninstalled, unless it is another name for what stays', async (t) => {
  const world = await World.of(t);
  await world.install({ plugins: [plugin()] });
  const renamed = plugin({ key: 'renamed' });
  const commands = await world.install({ plugins: [renamed] });
  assert.ok(!commands.some((command) => command.startsWith('plugins uninstall')), commands.join('\n'));
  assert.deepEqual(await world.install({ plugins: [] }), ['plugins uninstall greeter --force']);
  assert.deepEqual(await world.record(), []);
});

test('a plugin that cannot be uninstalled does not stop the agent, and is tried again', async (t) => {
  const world = await World.of(t);
  await world.install({ plugins: [plugin()] });
  world.failing.set('plugins uninstall', 1);
  await world.install({ plugins: [] });
  assert.match(world.lines.at(-1) ?? '', /^warning: cannot uninstall the plugin "greeter"/);
  assert.deepEqual(await world.install({ plugins: [] }), ['plugins uninstall greeter --force']);
});

test("a user's plugin is left", async (t) => {
  const world = await World.of(t);
  world.plugins.set('mine', { package: 'mine', id: 'mine', version: '1.0.0', source: 'npm' });
  await world.install({ plugins: [plugin()] });
  await world.install({ plugins: [] });
  assert.deepEqual([...world.plugins.keys()], ['mine']);
});

test('one plugin that cannot be had does not keep the others out', async (t) => {
  const world = await World.of(t);
  world.failing.set('npm:@team/bad', 1);
  await assert.rejects(world.install({ plugins: [plugin({ key: 'bad', name: 'npm:@team/bad', package: '@team/bad' }), plugin()] }), {
    message: 'cannot install the plugin "npm:@team/bad":\ngetaddrinfo EAI_AGAIN',
  });
  assert.ok(world.plugins.has('greeter'));
});

test('the state of an older release is migrated by the configuration of the agent, once', async (t) => {
  const world = await World.of(t);
  await world.install({ plugins: [plugin()] });
  await world.updateOpenClaw();
  assert.deepEqual(await world.install({ plugins: [plugin()] }), []);
  const commands = await world.install({ plugins: [plugin({ version: '1.1.0' })] });
  assert.deepEqual(commands.slice(0, 4), [
    INSPECT,
    'doctor --fix --non-interactive',
    INSPECT,
    'plugins install npm:@team/greeter@1.1.0 --pin --force',
  ]);
  assert.equal(commands.filter((command) => command.startsWith('doctor')).length, 1);
  assert.equal(world.plugins.get('greeter')?.version, '1.1.0');
});

test('a migration that fails is what is told', async (t) => {
  const world = await World.of(t);
  await world.updateOpenClaw();
  world.failing.set('doctor', 1);
  await assert.rejects(world.install({ plugins: [plugin()] }), /cannot look at the installed plugins:\ngetaddrinfo EAI_AGAIN/);
});
