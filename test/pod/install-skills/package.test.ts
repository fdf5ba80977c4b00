import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandEnvironment } from '../../../src/pod/install-skills/openclaw.ts';
import { npmPackage, World } from './world.ts';

test('a package is fetched, compared, installed without scripts, and not again', async (t) => {
  const world = await World.of(t);
  const commands = await world.install({ packages: [npmPackage({ integrity: 'sha256-right' })] });
  assert.deepEqual(commands, [
    'npm pack --json --ignore-scripts --pack-destination /packages tool@1.0.0',
    'npm install --global --ignore-scripts --no-audit --no-fund /packages/tool.tgz',
  ]);
  assert.deepEqual(await world.install({ packages: [npmPackage({ integrity: 'sha256-right' })] }), []);
  assert.deepEqual((await world.record())[0]?.paths, ['.local/lib/node_modules/tool', '.local/bin/tool']);
});

test('another version is installed over it', async (t) => {
  const world = await World.of(t);
  await world.install({ packages: [npmPackage()] });
  await world.install({ packages: [npmPackage({ version: null })] });
  assert.deepEqual(JSON.parse(await world.read('.local/lib/node_modules/tool/package.json')), { version: '2.0.0' });
});

test('a digest that differs from the lock is not installed', async (t) => {
  const world = await World.of(t);
  await assert.rejects(world.install({ packages: [npmPackage({ integrity: 'sha512-other' })] }), {
    message:
      'npm has "npm:tool@1.0.0" as version 1.0.0, sha256-right, expected sha512-other\n  hint: if the change is wanted, run "openclaw-gitops lock"',
  });
  assert.equal(await world.read('.local/lib/node_modules/tool/package.json'), '');
});

test('commands run without scripts, with the proxy, and on the files of the pod, whatever the environment says', () => {
  const env = { npm_config_ignore_scripts: 'false', NPM_CONFIG_IGNORE_SCRIPTS: 'false', OPENCLAW_CONFIG_READONLY: '1', KEEP: 'me' };
  const set = new Map(Object.entries(commandEnvironment(env)));
  const names = ['npm_config_ignore_scripts', 'NPM_CONFIG_IGNORE_SCRIPTS', 'OPENCLAW_CONFIG_READONLY', 'NODE_USE_ENV_PROXY', 'KEEP'];
  assert.deepEqual(
    names.map((name) => set.get(name)),
    [undefined, 'true', undefined, '1', 'me'],
  );
});
