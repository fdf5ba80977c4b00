import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { artifact, type Artifact, type ArtifactSettings } from '../../../src/adapters/oci-registry/artifact.ts';
import { publish } from '../../../src/adapters/oci-registry/publish.ts';
import { registryWriter, type RegistryWriter, type TaggedImage } from '../../../src/adapters/oci-registry/writer.ts';
import { RemoteError } from '../../../src/adapters/remote-error.ts';
import { testServer } from '../test-server.ts';
import { ALICE, MANIFEST } from './fake-registry.ts';
import { writableRegistry, type WritableRegistry, type WritableSettings } from './writable-registry.ts';

const closing: (() => unknown)[] = [];
let home = '';
before(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
});
after(async () => {
  for (const close of closing) await close();
  rmSync(home, { recursive: true });
});

async function registry(settings: WritableSettings = {}): Promise<WritableRegistry> {
  const made = await writableRegistry(settings);
  closing.push(made.close);
  return made;
}

/** Signed in as alice at `host`. */
function client(host?: string, password = 'wonderland'): RegistryWriter {
  const directory = mkdtempSync(join(home, 'docker-'));
  const auth = Buffer.from(`alice:${password}`).toString('base64');
  if (host !== undefined) writeFileSync(join(directory, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
  const made = registryWriter({ env: { DOCKER_CONFIG: directory }, home, patience: { firstWaitMilliseconds: 1, attempts: 3 } });
  closing.push(made.close);
  return made;
}

const place = ({ host }: WritableRegistry, tag = '1'): TaggedImage => ({ registry: host, repository: 'fleet/agents', tag, digest: '' });
const made = (text: string, settings: Partial<ArtifactSettings> = {}): Artifact =>
  artifact([{ path: 'a.yaml', text }], { mediaTypes: 'oci', source: null, revision: null, created: '1970-01-01T00:00:00Z', ...settings });

const WHOLE_PUSH = [
  'POST blobs/uploads/',
  'PUT blobs/uploads/session-0',
  'POST blobs/uploads/',
  'PUT blobs/uploads/session-1',
  'PUT manifests/1',
];

describe('publish', () => {
  test('sends layer, configuration and manifest, and then moves the further tags', async () => {
    const server = await registry();
    const one = made('one');
    const published = await publish(client(), place(server), one, ['latest']);
    assert.deepEqual(published, { digest: one.manifest.digest, pushed: true, movedTags: ['latest'] });
    assert.deepEqual(server.writes(), [...WHOLE_PUSH, 'PUT manifests/latest']);
    for (const { digest, bytes } of [one.layer, one.config]) assert.ok(server.blobs.get(`fleet/agents@${digest}`)?.equals(bytes));
    for (const tag of ['1', 'latest']) assert.ok(server.manifests.get(`fleet/agents:${tag}`)?.equals(one.manifest.bytes));
    assert.ok(
      server.asked
        .filter(({ url }) => url.includes('manifests'))
        .every(({ method, headers }) => method === 'GET' || headers['content-type'] === MANIFEST),
    );
  });

  test('sends nothing when the tag has the files already, whatever commit they were made from', async () => {
    const server = await registry();
    const first = await publish(client(), place(server), made('one', { revision: 'main@sha1:1' }), []);
    server.asked.length = 0;
    const again = await publish(client(), place(server), made('one', { revision: 'main@sha1:2' }), []);
    assert.deepEqual(again, { digest: first.digest, pushed: false, movedTags: [] });
    assert.deepEqual(server.writes(), []);
    // A further tag gets what the first has, and not what would have been sent.
    const moved = await publish(client(), place(server), made('one', { revision: 'main@sha1:2' }), ['latest']);
    assert.deepEqual(moved, { digest: first.digest, pushed: false, movedTags: ['latest'] });
    assert.deepEqual(server.writes(), ['PUT manifests/latest']);
    assert.deepEqual((await publish(client(), place(server), made('one'), ['latest'])).movedTags, []);
  });

  test('sends what differs in files or types, and what is there in another form', async () => {
    const server = await registry();
    await publish(client(), place(server), made('one'), []);
    assert.equal((await publish(client(), place(server), made('two'), [])).pushed, true);
    assert.equal((await publish(client(), place(server), made('two', { mediaTypes: 'flux' }), [])).pushed, true);
    const manifest = JSON.parse(Buffer.from(made('two').manifest.bytes).toString()) as { layers: object[] };
    for (const other of [
      { schemaVersion: 2, manifests: [] },
      { ...manifest, layers: [...manifest.layers, ...manifest.layers] },
      { ...manifest, layers: [] },
    ]) {
      server.manifests.set('fleet/agents:1', Buffer.from(JSON.stringify(other)));
      assert.equal((await publish(client(), place(server), made('two'), [])).pushed, true);
    }
  });

  test('sends only the blobs that are not there', async () => {
    const server = await registry();
    await publish(client(), place(server), made('one'), []);
    server.asked.length = 0;
    await publish(client(), place(server, '2'), made('one', { revision: 'main@sha1:2' }), []);
    assert.deepEqual(server.writes(), ['PUT manifests/2']);
  });
});

describe('a registry that asks who comes', () => {
  for (const auth of ['basic', 'bearer'] as const) {
    test(`gets ${auth} credentials, for writing from the start`, async () => {
      const server = await registry({ auth });
      assert.equal((await publish(client(server.host), place(server), made('one'), [])).pushed, true);
      const scopes = server.asked
        .filter(({ url }) => url.startsWith('/token'))
        .map(({ url }) => new URL(url, 'http://x').searchParams.get('scope'));
      assert.deepEqual(scopes, auth === 'basic' ? [] : ['repository:fleet/agents:pull,push']);
    });

    test(`refuses a wrong ${auth} password and nobody, and no message holds the password`, async () => {
      const server = await registry({ auth });
      for (const one of [client(server.host, 'hunter2'), client()])
        await assert.rejects(publish(one, place(server), made('one'), []), (error: unknown) => {
          assert.ok(error instanceof RemoteError && error.status === 401);
          assert.doesNotMatch(`${error.service} ${error.stack}`, /hunter2|aHVudGVyMg/);
          return true;
        });
      assert.deepEqual(server.writes(), []);
    });
  }

  test('does not have its credentials sent to who takes the bytes, nor bytes sent without TLS', async () => {
    const elsewhere = await testServer((response) => response.writeHead(201).end());
    closing.push(elsewhere.close);
    const server = await registry({ auth: 'basic', uploadsAt: () => `http://${elsewhere.host}` });
    await publish(client(server.host), place(server), made('one'), []);
    assert.equal(elsewhere.asked.length, 2);
    assert.ok(elsewhere.asked.every(({ headers }) => headers.authorization === undefined));
    assert.ok(server.asked.some(({ headers }) => headers.authorization === ALICE));
    const open = await registry({ uploadsAt: () => 'http://registry.invalid' });
    await assert.rejects(publish(client(), place(open), made('one'), []), /redirects to registry.invalid without TLS/);
  });

  test('may hand a request on, without its credentials', async () => {
    const elsewhere = await testServer((response) => response.writeHead(201).end());
    closing.push(elsewhere.close);
    const server = await registry({
      auth: 'basic',
      first: (response, { method, url }) => {
        if (method !== 'PUT' || !url.includes('/uploads/')) return false;
        response.writeHead(307, { location: `http://${elsewhere.host}/bytes` }).end();
        return true;
      },
    });
    const one = made('one');
    await publish(client(server.host), place(server), one, []);
    assert.ok(elsewhere.asked[0]?.bytes.equals(one.layer.bytes));
    assert.ok(elsewhere.asked.every(({ headers }) => headers.authorization === undefined));
  });
});

describe('a registry with faults', () => {
  const failing = (matches: RegExp, times: number, status: number): NonNullable<WritableSettings['first']> => {
    let left = times;
    return (response, { method, url }) => {
      if (!matches.test(`${method} ${url}`) || left-- <= 0) return false;
      response.writeHead(status, status === 429 ? { 'retry-after': '0' } : {}).end();
      return true;
    };
  };
  for (const [title, first] of [
    ['that is busy', failing(/^/, 2, 503)],
    ['that counts requests', failing(/^/, 2, 429)],
    ['that loses an upload', failing(/^PUT .*session-0/, 9, 404)],
    ['that fails with an upload', failing(/^PUT .*session-0/, 9, 500)],
  ] as const) {
    test(`${title} gets it in the end`, async () => {
      const server = await registry({ first });
      const one = made('one');
      assert.equal((await publish(client(), place(server), one, [])).pushed, true);
      assert.ok(server.manifests.get('fleet/agents:1')?.equals(one.manifest.bytes));
    });
  }

  test('whose answer to an upload is lost is not sent it again', async () => {
    const one = made('one');
    const lost = failing(/^PUT .*session-0/, 9, 500);
    const server: WritableRegistry = await registry({
      first: (response, asked) => {
        if (!lost(response, asked)) return false;
        server.blobs.set(`fleet/agents@${one.layer.digest}`, asked.bytes);
        return true;
      },
    });
    await publish(client(), place(server), one, []);
    assert.equal(server.writes().filter((write) => write.startsWith('POST')).length, 2);
  });

  for (const [title, first, message] of [
    ['always fails', failing(/^PUT .*uploads/, 99, 500), /answers 500 for fleet\/agents\/blobs\/sha256:/],
    ['begins no upload', failing(/^POST/, 99, 405), /answers 405 for fleet\/agents\/blobs\/sha256:/],
    ['takes no manifest', failing(/^PUT .*manifests/, 99, 400), /answers 400 for fleet\/agents:1/],
    ['keeps tags as they are', failing(/^PUT .*manifests/, 99, 409), /answers 409 for fleet\/agents:1/],
  ] as const) {
    test(`that ${title} ends it, after a bounded number of attempts`, async () => {
      const server = await registry({ first });
      await assert.rejects(publish(client(), place(server), made('one'), ['latest']), message);
      assert.ok(server.asked.length < 25, String(server.asked.length));
      assert.equal(server.manifests.size, 0);
    });
  }

  test('that keeps other bytes is found out', async () => {
    const server = await registry({
      first: (response, { method, url }) => {
        if (method !== 'PUT' || !url.includes('manifests')) return false;
        response.writeHead(201, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }).end();
        return true;
      },
    });
    await assert.rejects(publish(client(), place(server), made('one'), []), /keeps other bytes for fleet\/agents:1/);
  });
});
