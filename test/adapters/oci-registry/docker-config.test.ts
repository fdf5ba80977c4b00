import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { dockerCredentials, type Credentials } from '../../../src/adapters/oci-registry/docker-config.ts';

const auth = (text: string): object => ({ auth: Buffer.from(text).toString('base64') });
const password = (username: string, secret: string): Credentials => ({ kind: 'password', username, password: secret });

describe('Docker credentials', () => {
  let root = '';
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'docker-'));
  });
  after(() => rmSync(root, { recursive: true }));

  const directoryWith = (config: string | object): string => {
    const directory = mkdtempSync(join(root, 'config-'));
    writeFileSync(join(directory, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
    return directory;
  };
  const credentials = (
    config: string | object,
    registry = 'ghcr.io',
    repository = 'team/app',
    env: Record<string, string> = {},
  ): Promise<Credentials | null> => dockerCredentials({ DOCKER_CONFIG: directoryWith(config), ...env }, '/nowhere')(registry, repository);

  /** A helper that keeps what it is asked and answers with the given shell text. */
  const helper = (name: string, script: string): { env: Record<string, string>; asked: () => string } => {
    const bin = mkdtempSync(join(root, 'bin-'));
    const program = join(bin, `docker-credential-${name}`);
    writeFileSync(program, `#!/bin/sh\n{ printf '%s ' "$1"; cat; echo; } >> "${bin}/asked"\n${script}\n`);
    chmodSync(program, 0o755);
    return { env: { PATH: `${bin}${delimiter}/usr/bin:/bin` }, asked: () => readFileSync(join(bin, 'asked'), 'utf8') };
  };

  for (const [title, auths, registry, expected] of [
    ['the host', { 'ghcr.io': auth('alice:a:b') }, 'ghcr.io', password('alice', 'a:b')],
    ['a key with scheme and API version', { 'https://ghcr.io/v2/': auth('alice:w') }, 'ghcr.io', password('alice', 'w')],
    ['a port is part of the host', { 'ghcr.io': auth('alice:w') }, 'ghcr.io:5000', null],
    [
      'the longest path that fits',
      { 'ghcr.io': auth('a:1'), 'ghcr.io/team': auth('b:2'), 'ghcr.io/tea': auth('c:3'), 'ghcr.io/team/app/x': auth('d:4') },
      'ghcr.io',
      password('b', '2'),
    ],
    ['Docker Hub under its old name', { 'https://index.docker.io/v1/': auth('alice:w') }, 'docker.io', password('alice', 'w')],
    ['name and password', { 'ghcr.io': { username: 'alice', password: 'w' } }, 'ghcr.io', password('alice', 'w')],
    [
      'an identity token before all',
      { 'ghcr.io': { ...auth('alice:w'), identitytoken: 'i' } },
      'ghcr.io',
      { kind: 'identity', token: 'i' },
    ],
    ['what is no entry', { 'ghcr.io': 'alice:w' }, 'ghcr.io', null],
    ['an entry without a name', { 'ghcr.io': auth(':w') }, 'ghcr.io', null],
    ['an empty entry, as Docker leaves it beside a key ring', { 'ghcr.io': {} }, 'ghcr.io', null],
  ] as const) {
    test(`of config.json: ${title}`, async () => {
      assert.deepEqual(await credentials({ auths }, registry), expected);
    });
  }

  test('are none without a configuration, and are read below the home directory without DOCKER_CONFIG', async () => {
    assert.equal(await dockerCredentials({ DOCKER_CONFIG: join(root, 'absent') }, '/nowhere')('ghcr.io', 'a'), null);
    const home = mkdtempSync(join(root, 'home-'));
    mkdirSync(join(home, '.docker'));
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ auths: { 'ghcr.io': auth('alice:w') } }));
    assert.deepEqual(await dockerCredentials({}, home)('ghcr.io', 'a'), password('alice', 'w'));
  });

  test('that cannot be read are said so, without their text', async () => {
    await assert.rejects(
      credentials('{"auths": hunter2'),
      (error: Error) => /is not JSON/.test(error.message) && !error.message.includes('hunter2'),
    );
    await assert.rejects(credentials('[]'), /holds no JSON object/);
  });

  test('of a helper: the one for the registry, asked once, before the entry of the file and the helper for all', async () => {
    const own = helper('own', `printf '{"ServerURL":"ghcr.io","Username":"alice","Secret":"w"}'`);
    const config = { credHelpers: { 'ghcr.io': 'own' }, credsStore: 'absent', auths: { 'ghcr.io': auth('file:f') } };
    const source = dockerCredentials({ DOCKER_CONFIG: directoryWith(config), ...own.env }, '/nowhere');
    assert.deepEqual(await Promise.all([source('ghcr.io', 'a'), source('ghcr.io', 'b')]), [password('alice', 'w'), password('alice', 'w')]);
    assert.equal(own.asked(), 'get ghcr.io\n');
  });

  test('of the helper for all: Docker Hub by its old name, tokens as such, nothing where it has nothing', async () => {
    const store = helper('store', `printf '{"Username":"<token>","Secret":"i"}'`);
    assert.deepEqual(await credentials({ credsStore: 'store' }, 'docker.io', 'library/nginx', store.env), { kind: 'identity', token: 'i' });
    assert.equal(store.asked(), 'get https://index.docker.io/v1/\n');
    const empty = helper('store', 'echo "credentials not found in native keychain"; exit 1');
    assert.equal(await credentials({ credsStore: 'store' }, 'ghcr.io', 'a', empty.env), null);
  });

  for (const [title, name, script, message] of [
    ['fails', 'store', 'echo hunter2; exit 3', /^fails with exit code 3$/],
    ['talks', 'store', 'echo hunter2', /^does not answer in JSON$/],
    ['talks too much', 'store', 'exec head -c 200000 /dev/zero', /^answers with more than 65536 bytes$/],
    ['is not there', 'other', '', /^is not installed, and the Docker configuration names it$/],
    ['is a path', '../evil', '', /names a credential helper that is no name of a program$/],
  ] as const) {
    test(`of a helper that ${title}: an error without what it said`, async () => {
      const { env } = helper('store', script);
      await assert.rejects(credentials({ credsStore: name }, 'ghcr.io', 'a', env), (error: Error) => {
        assert.match(error.message, message);
        assert.doesNotMatch(String(error.stack), /hunter2/);
        return true;
      });
    });
  }

  test('run no helper that nobody configured', async () => {
    const store = helper('store', 'true');
    assert.equal(await credentials({ auths: {} }, 'ghcr.io', 'a', store.env), null);
    assert.throws(store.asked, /ENOENT/);
  });
});
