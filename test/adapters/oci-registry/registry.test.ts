import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { registry, type Registry } from '../../../src/adapters/oci-registry/registry.ts';
import { RemoteError } from '../../../src/adapters/remote-error.ts';
import { imageName, type ImageName } from '../../../src/kube/image-reference.ts';
import { fakeRegistry, MANIFEST, sha256, type FakeRegistry, type FakeSettings } from './fake-registry.ts';

const closing: (() => unknown)[] = [];
let home = '';
before(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
});
after(async () => {
  for (const close of closing) await close();
  rmSync(home, { recursive: true });
});

async function fake(settings: FakeSettings = {}): Promise<FakeRegistry> {
  const made = await fakeRegistry(settings);
  closing.push(made.close);
  return made;
}

/** A client that is signed in as the Docker configuration says. */
function client(config?: object): Registry {
  const directory = mkdtempSync(join(home, 'docker-'));
  if (config !== undefined) writeFileSync(join(directory, 'config.json'), JSON.stringify(config));
  const made = registry({ env: { DOCKER_CONFIG: directory }, home, patience: { firstWaitMilliseconds: 1, attempts: 3 } });
  closing.push(made.close);
  return made;
}

function image({ host }: FakeRegistry, rest = 'team/app:1'): ImageName {
  return imageName(`${host}/${rest}`);
}

const LAYERS = { config: { digest: `sha256:${'0'.repeat(64)}` }, layers: [] };
const alice = ({ host }: FakeRegistry, entry: object = { auth: Buffer.from('alice:wonderland').toString('base64') }): object => ({
  auths: { [host]: entry },
});

describe('a manifest', () => {
  test('has the digest of its bytes, whatever kind it is', async () => {
    const server = await fake();
    const single = server.push('team/app', '1', LAYERS);
    const list = server.push('team/app', '2', { manifests: [] });
    const one = client();
    assert.deepEqual(
      [
        await one.manifest(image(server)),
        await one.manifest(image(server, 'team/app:2')),
        await one.manifest(image(server, `team/app@${single}`)),
      ].map(({ digest, kind }) => [digest, kind]),
      [
        [single, 'manifest'],
        [list, 'index'],
        [single, 'manifest'],
      ],
    );
    assert.equal(await one.statedDigest(image(server)), single);
    assert.equal(server.asked.at(-1)?.method, 'HEAD');
    for (const type of [
      'oci.image.index.v1',
      'docker.distribution.manifest.list.v2',
      'oci.image.manifest.v1',
      'docker.distribution.manifest.v2',
    ])
      assert.ok(server.asked[0]?.headers.accept?.includes(`application/vnd.${type}+json`), type);
  });

  const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
  for (const [title, content, message] of [
    [
      'that the registry calls by another digest',
      { type: MANIFEST, bytes: bytes(LAYERS), digest: sha256(bytes({})) },
      /sends other bytes for team\/app:1 than their digest says/,
    ],
    ['that is no JSON', { type: 'text/html', bytes: Buffer.from('<html>') }, /the answer is no JSON object/],
    ['that is something else', { type: MANIFEST, bytes: bytes({ hello: 1 }) }, /neither an index nor a manifest/],
    [
      'that is index and manifest at once',
      { type: MANIFEST, bytes: bytes({ ...LAYERS, manifests: [] }) },
      /an index and a manifest in one/,
    ],
    ['of schema 1', { type: MANIFEST, bytes: bytes({ schemaVersion: 1, fsLayers: [] }) }, /only a manifest of Docker's schema 1/],
  ] as const) {
    test(`${title} is refused`, async () => {
      const server = await fake();
      server.content.set('team/app:1', content);
      await assert.rejects(client().manifest(image(server)), { service: server.host, message });
    });
  }

  test('asked for by digest must have it', async () => {
    const server = await fake();
    const asked = sha256(bytes({}));
    server.content.set(`team/app@${asked}`, { type: MANIFEST, bytes: bytes(LAYERS), digest: null });
    await assert.rejects(client().manifest(image(server, `team/app@${asked}`)), /sends other bytes/);
  });

  test('that a registry does not state the digest of has none by HEAD', async () => {
    const server = await fake();
    server.content.set('team/app:1', { type: MANIFEST, bytes: bytes(LAYERS), digest: null });
    assert.equal(await client().statedDigest(image(server)), null);
    assert.equal((await client().manifest(image(server))).digest, sha256(bytes(LAYERS)));
  });

  test('that HEAD is not for has no stated digest', async () => {
    const server = await fake({
      first: (response, { method }) => {
        if (method !== 'HEAD') return false;
        response.writeHead(405).end();
        return true;
      },
    });
    server.push('team/app', '1', LAYERS);
    assert.equal(await client().statedDigest(image(server)), null);
  });

  test('that is not there says so, and repeats nothing but the code', async () => {
    const server = await fake();
    await assert.rejects(client().manifest(image(server)), {
      service: server.host,
      status: 404,
      canRetry: false,
      message: 'answers 404 MANIFEST_UNKNOWN for team/app:1: there is no such thing',
    });
  });
});

describe('platforms', () => {
  test('are those of the index without attestations, or that of the configuration', async () => {
    const server = await fake();
    const platform = (os: string, architecture: string, variant?: string): object => ({
      digest: sha256(Buffer.from(architecture)),
      platform: { os, architecture, variant },
    });
    server.push('a', 'index', {
      manifests: [platform('linux', 'arm64', 'v8'), platform('linux', 'amd64'), platform('unknown', 'unknown'), { digest: 'x' }],
    });
    server.push('a', 'single', { layers: [], config: { digest: server.pushBlob('a', { os: 'linux', architecture: 'riscv64' }) } });
    server.push('a', 'hostile', { layers: [], config: { digest: '../../../x' } });
    const one = client();
    const platformsOf = async (name: ImageName): Promise<string[]> => one.platforms(name, await one.manifest(name));
    assert.deepEqual(await platformsOf(image(server, 'a:index')), ['linux/amd64', 'linux/arm64/v8']);
    assert.deepEqual(await platformsOf(image(server, 'a:single')), ['linux/riscv64']);
    await assert.rejects(platformsOf(image(server, 'a:hostile')), /no sha256 digest/);
  });
});

describe('signing in', () => {
  test('is not needed where the registry asks for nothing, and then no credentials are sent', async () => {
    const server = await fake();
    server.push('team/app', '1', LAYERS);
    await client(alice(server)).manifest(image(server));
    assert.equal(server.asked[0]?.headers.authorization, undefined);
  });

  test('as nobody gets a token for the repository, and uses it again', async () => {
    const server = await fake({ auth: 'public' });
    server.push('team/app', '1', LAYERS);
    const one = client();
    await one.manifest(image(server));
    await one.statedDigest(image(server));
    assert.deepEqual(
      server.asked.map(({ method, url }) => `${method} ${url}`),
      [
        'GET /v2/team/app/manifests/1',
        'GET /token?service=fake%2C+%22registry%22&scope=repository%3Ateam%2Fapp%3Apull',
        'GET /v2/team/app/manifests/1',
        'HEAD /v2/team/app/manifests/1',
      ],
    );
  });

  for (const [title, auth, entry] of [
    ['with a password, at the registry', 'basic', undefined],
    ['with a password, for a token', 'bearer', { username: 'alice', password: 'wonderland' }],
    ['with an identity token, for a token', 'bearer', { auth: 'eDp5', identitytoken: 'identity-of-alice' }],
    ['with a token of the registry', 'bearer', { registrytoken: 'alice|repository:team/app:pull' }],
  ] as const) {
    test(`${title} works`, async () => {
      const server = await fake({ auth });
      const digest = server.push('team/app', '1', LAYERS);
      assert.equal((await client(alice(server, entry)).manifest(image(server))).digest, digest);
    });
  }

  for (const [title, auth, config] of [
    ['without credentials, where a password is wanted', 'basic', undefined],
    ['without credentials, where a token does not help', 'bearer', undefined],
    ['with a wrong password', 'bearer', { auth: Buffer.from('alice:hunter2').toString('base64') }],
  ] as const) {
    test(`${title} fails, and no message holds a secret`, async () => {
      const server = await fake({ auth });
      server.push('team/app', '1', LAYERS);
      const failure = client(config === undefined ? undefined : alice(server, config)).manifest(image(server));
      await assert.rejects(failure, (error: Error) => {
        assert.ok(error instanceof RemoteError);
        assert.deepEqual([error.status, error.canRetry], [401, false]);
        assert.match(
          error.message,
          /^answers 401 UNAUTHORIZED for team\/app(?::1)?: it does not exist, or needs credentials; "docker login 127\.0\.0\.1:\d+" keeps them$/,
        );
        assert.doesNotMatch(String(error.stack), /hunter2|YWxpY2U6/);
        return true;
      });
    });
  }

  test('never sends credentials to a realm without TLS elsewhere, nor to who answers after a redirect', async () => {
    const credentials: (string | undefined)[] = [];
    const thief = await fake({ auth: 'basic', first: (_response, { headers }) => credentials.push(headers.authorization) === 0 });
    const server = await fake({
      first: (response, { url }) => {
        if (url.includes('/realm/')) response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://token.example.com/"' }).end();
        else response.writeHead(307, { location: `http://${thief.host}${url}` }).end();
        return true;
      },
    });
    const one = client({ auths: { ...(alice(server) as { auths: object }).auths, ...(alice(thief) as { auths: object }).auths } });
    await assert.rejects(one.manifest(image(server, 'realm/app:1')), /wants credentials to be sent to token\.example\.com without TLS/);
    await assert.rejects(one.manifest(image(server, 'moved/app:1')), { status: 401 });
    assert.deepEqual(credentials, [undefined]);
  });

  test('again when a token is refused that worked before', async () => {
    let revoked = false;
    const server = await fake({
      auth: 'public',
      first: (response, { url, headers }) => {
        if (!revoked || url.startsWith('/token') || headers.authorization === undefined) return false;
        revoked = false;
        response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${headers.host}/token"` }).end();
        return true;
      },
    });
    const digest = server.push('team/app', '1', LAYERS);
    const one = client();
    await one.manifest(image(server));
    revoked = true;
    assert.equal((await one.manifest(image(server))).digest, digest);
  });
});

describe('tags', () => {
  const names = Array.from({ length: 25 }, (_, index) => `v${(index * 7) % 25}`);
  for (const lists of ['linked', 'cut', 'whole', 'for-ever'] as const) {
    test(`are all found where lists are ${lists}`, async () => {
      const server = await fake({ lists, auth: 'public' });
      server.tags.set('team/app', lists === 'for-ever' ? names.slice(0, 10) : names);
      const found = await client().tags(image(server));
      assert.deepEqual(found, [...(lists === 'for-ever' ? names.slice(0, 10) : names)].sort());
    });
  }

  test('of many pages and of none', async () => {
    const server = await fake({ lists: 'cut' });
    const many = Array.from({ length: 2345 }, (_, index) => `v${index}`);
    server.tags.set('many', many);
    server.tags.set('none', []);
    const one = client();
    assert.deepEqual(await one.tags(image(server, 'many')), many.toSorted());
    assert.deepEqual(await one.tags(image(server, 'none')), []);
    await assert.rejects(one.tags(image(server, 'absent')), { status: 404 });
  });

  test('that are none are refused', async () => {
    const server = await fake({ first: (response) => response.end('{"tags":"all"}') !== undefined });
    await assert.rejects(client().tags(image(server)), /does not answer with a list of tags/);
  });
});

describe('referrers', () => {
  for (const hasReferrersApi of [true, false]) {
    test(`are found ${hasReferrersApi ? 'by the API' : 'under the tag that stands in for it'}`, async () => {
      const server = await fake({ hasReferrersApi });
      const digest = server.push('team/app', '1', LAYERS);
      const attached = [
        { digest: sha256(Buffer.from('a')), mediaType: MANIFEST, artifactType: 'a/sbom' },
        { digest: sha256(Buffer.from('b')), mediaType: MANIFEST, artifactType: 'a/signature', annotations: { by: 'us' } },
      ];
      server.push('team/app', digest.replace(':', '-'), { manifests: attached });
      const one = client();
      assert.deepEqual(
        (await one.referrers(image(server), digest)).map(({ artifactType }) => artifactType),
        ['a/sbom', 'a/signature'],
      );
      const [only, ...others] = await one.referrers(image(server), digest, 'a/signature');
      assert.deepEqual([only?.digest, only?.annotations, others.length], [attached[1]?.digest, { by: 'us' }, 0]);
      assert.deepEqual(await one.referrers(image(server), sha256(Buffer.from('nothing'))), []);
    });
  }
});

test('a referrer whose type the registry does not know is asked itself', async () => {
  const server = await fake({ hasReferrersApi: true });
  const digest = server.push('team/app', '1', LAYERS);
  const signature = server.push('team/app', 'signature', { ...LAYERS, artifactType: 'a/signature' });
  const other = server.push('team/app', 'other', { ...LAYERS, artifactType: 'a/sbom' });
  const stated = { mediaType: MANIFEST, artifactType: 'application/vnd.oci.image.config.v1+json' };
  server.push('team/app', digest.replace(':', '-'), { manifests: [signature, other].map((one) => ({ ...stated, digest: one })) });
  const found = await client().referrers(image(server), digest, 'a/signature');
  assert.deepEqual(
    found.map((one) => [one.digest, one.artifactType]),
    [[signature, 'a/signature']],
  );
});

describe('blobs', () => {
  test('are what their digest says, and no larger than wanted', async () => {
    const server = await fake();
    const digest = server.pushBlob('a', { some: 'text' });
    const wrong = sha256(Buffer.from('x'));
    server.content.set(`a/blobs/${wrong}`, { type: 'x/y', bytes: Buffer.from('other') });
    const one = client();
    assert.equal((await one.blob(image(server, 'a:1'), digest, 100)).toString(), '{"some":"text"}');
    await assert.rejects(one.blob(image(server, 'a:1'), wrong, 100), /sends other bytes/);
    await assert.rejects(one.blob(image(server, 'a:1'), digest, 5), /more than the 5 bytes/);
  });
});

describe('rate limits', () => {
  test('are waited for, and told when they last', async () => {
    let refusals = 2;
    const server = await fake({
      first: (response, { url }) => {
        if (url.includes('/spent/')) response.writeHead(429, { 'retry-after': '3600' }).end();
        else if (refusals-- > 0) response.writeHead(429, { 'retry-after': '0' }).end();
        else return false;
        return true;
      },
    });
    const digest = server.push('team/app', '1', LAYERS);
    assert.equal((await client().manifest(image(server))).digest, digest);
    await assert.rejects(client().manifest(image(server, 'spent/app:1')), {
      status: 429,
      canRetry: true,
      message: 'answers 429 for spent/app:1: it was asked too often; try again in 3600 s, or with credentials',
    });
  });
});
