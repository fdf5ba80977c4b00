import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { npmConfig, type NpmConfig } from '../../../src/adapters/npm-registry/npm-config.ts';

let home: string;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'npm-config-'));
});
after(() => rmSync(home, { recursive: true, force: true }));

function configOf(text: string, env: Record<string, string> = {}): Promise<NpmConfig> {
  writeFileSync(join(home, '.npmrc'), text);
  return npmConfig(env, home);
}

test('without settings the public registry is asked without credentials', async () => {
  const config = await npmConfig({}, join(home, 'nobody'));
  assert.equal(config.registryOf('x').href, 'https://registry.npmjs.org/');
  assert.equal(config.authorizationFor(config.registryOf('@a/x')), null);
});

test('registries come from the file, of a scope before the general one, and variables win', async () => {
  const text =
    '; comment\n# comment\nregistry = "https://npm.example.com/all"\r\n@a:registry=https://a.example.com/x/\n[section]\nbroken\n';
  const config = await configOf(text);
  assert.equal(config.registryOf('x').href, 'https://npm.example.com/all/');
  assert.equal(config.registryOf('@a/x').href, 'https://a.example.com/x/');
  assert.equal(config.registryOf('@b/x').href, 'https://npm.example.com/all/');
  const others = await configOf(text, { npm_config_registry: 'https://env.example.com', 'npm_config_@a:registry': 'http://b.example.com' });
  assert.equal(others.registryOf('x').href, 'https://env.example.com/');
  assert.equal(others.registryOf('@a/x').href, 'http://b.example.com/');
});

test('another file than that of the home directory can be named', async () => {
  const other = join(home, 'other');
  writeFileSync(other, 'registry=https://other.example.com/\n');
  assert.equal(
    (await configOf('registry=https://x.example.com/', { NPM_CONFIG_USERCONFIG: other })).registryOf('x').host,
    'other.example.com',
  );
});

test('credentials are for their address and what is below it', async () => {
  const password = Buffer.from('p:w').toString('base64');
  const config = await configOf(
    [
      '//a.example.com/:_authToken=general',
      '//a.example.com/team/:_authToken=${TEAM_TOKEN}',
      '//b.example.com/:username=ada',
      `//b.example.com/:_password=${password}`,
      '//c.example.com:8443/x/:_auth=YTpi',
      '//d.example.com/:_authToken=${MISSING}',
      '//e.example.com/:_authToken=${MISSING?}',
    ].join('\n'),
    { TEAM_TOKEN: 'of-the-team', 'npm_config_//f.example.com/:_authToken': 'variable' },
  );
  const found = (url: string): string | null => config.authorizationFor(new URL(url));
  assert.equal(found('https://a.example.com/x'), 'Bearer general');
  assert.equal(found('https://a.example.com/team/x/-/x-1.tgz'), 'Bearer of-the-team');
  assert.equal(found('https://a.example.com/team2/x'), 'Bearer general');
  assert.equal(found('https://b.example.com/x'), `Basic ${Buffer.from('ada:p:w').toString('base64')}`);
  assert.equal(found('https://c.example.com:8443/x/y'), 'Basic YTpi');
  assert.equal(found('https://c.example.com:8443/y'), null);
  assert.equal(found('https://c.example.com/x/y'), null);
  assert.equal(found('https://d.example.com/x'), 'Bearer ${MISSING}');
  assert.equal(found('https://e.example.com/x'), 'Bearer ');
  assert.equal(found('https://f.example.com/x'), 'Bearer variable');
  assert.equal(found('https://example.com/x'), null);
});

test('an address that is none is told without being shown', async () => {
  const config = await configOf('registry=ftp://user:hunter2@example.com/');
  assert.throws(() => config.registryOf('x'), /names a registry that is no address/);
});
