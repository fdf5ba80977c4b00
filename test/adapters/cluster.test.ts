/** The way to a cluster: found as a kubeconfig says, refused in words that tell no secret. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { cluster, type Cluster } from '../../src/adapters/cluster.ts';
import { RemoteError } from '../../src/adapters/remote-error.ts';
import { testServer, type Answer, type TestServer } from './test-server.ts';

const SECRET = 'marker-of-a-secret';
const CORE = {
  kind: 'APIResourceList',
  resources: [
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
    { name: 'secrets', kind: 'Secret', namespaced: true },
    { name: 'secrets/status', kind: 'Secret', namespaced: true },
    { name: 'namespaces', kind: 'Namespace', namespaced: false },
  ],
};
const MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'agents' } };

let server: TestServer;
let answer: (status: number, body: unknown) => void;
let answers: readonly (readonly [number, unknown])[];
let directory: string;
let connected: Cluster[];

/** Discovery, and then what the test has prepared, one after the other. */
const respond: Answer = (response, { url }) => {
  answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (url === '/api/v1') return answer(200, CORE);
  const [next, ...rest] = answers;
  answers = rest;
  return next === undefined ? answer(404, { kind: 'Status', message: 'not prepared' }) : answer(...next);
};

function kubeconfig(user: object, address = `http://${server.host}`): string {
  const file = join(directory, 'kubeconfig');
  const config = {
    'current-context': 'test',
    contexts: [
      { name: 'test', context: { cluster: 'test', user: 'test' } },
      { name: 'nowhere', context: { cluster: 'nowhere', user: 'test' } },
    ],
    clusters: [
      { name: 'test', cluster: { server: address, 'insecure-skip-tls-verify': true } },
      { name: 'nowhere', cluster: { server: 'http://127.0.0.1:1', 'insecure-skip-tls-verify': true } },
    ],
    users: [{ name: 'test', user }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function connect(user: object = { token: SECRET }, context?: string): Cluster {
  const made = cluster({ kubeconfig: kubeconfig(user), context });
  connected.push(made);
  return made;
}

async function refused(work: () => Promise<unknown>): Promise<RemoteError> {
  const error = await work().then(
    () => assert.fail('nothing is refused'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RemoteError, String(error));
  const text = `${error.service} ${error.message}`;
  assert.ok(!text.includes(SECRET) && !text.includes('\n'), text);
  return error;
}

describe('a cluster', () => {
  before(async () => (server = await testServer((...args) => respond(...args))));
  after(() => server.close());
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'cluster-'));
    connected = [];
    answers = [];
    server.asked.length = 0;
  });
  afterEach(() => {
    for (const one of connected) one.close();
    rmSync(directory, { recursive: true });
  });

  test('is asked with the token of the kubeconfig, and its kinds are looked up once', async () => {
    const api = connect();
    answers = [
      [200, MAP],
      [404, {}],
    ];
    assert.deepEqual([await api.get(MAP), await api.get(MAP)], [MAP, null]);
    assert.deepEqual([await api.serves('v1', 'ConfigMap'), await api.serves('v1', 'Pod')], [true, false]);
    assert.deepEqual(
      server.asked.map(({ url }) => url),
      ['/api/v1', '/api/v1/namespaces/agents/configmaps/a', '/api/v1/namespaces/agents/configmaps/a'],
    );
    assert.ok(server.asked.every(({ headers }) => headers.authorization === `Bearer ${SECRET}`));
  });

  test('is asked again for a kind that is not served yet, as long as patience lasts', async () => {
    const api = connect();
    const served = { kind: 'APIResourceList', resources: [{ name: 'widgets', kind: 'Widget', namespaced: true }] };
    answers = [
      [404, {}],
      [200, { kind: 'APIResourceList', resources: [] }],
      [200, served],
    ];
    assert.equal(await api.serves('example.com/v1', 'Widget', 10_000), true);
    assert.equal(server.asked.length, 3);
    assert.equal(await api.serves('example.com/v2', 'Widget'), false);
    assert.equal(await api.serves('example.com/v2', 'Widget', 1), false);
    // Once for what it knew of v2, and once more.
    assert.equal(server.asked.length, 5);
  });

  test('is asked with the token that the command of the kubeconfig prints', async () => {
    const credential = JSON.stringify({ status: { token: 'from-the-command' } });
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', `console.log('${credential}')`] };
    await connect({ exec }).serves('v1', 'ConfigMap');
    assert.equal(server.asked[0]?.headers.authorization, 'Bearer from-the-command');
  });

  test('P6 repeats nothing of a command that gives no credentials', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', `console.error('${SECRET}'); process.exit(1)`],
    };
    const { message } = await refused(() => connect({ exec }).serves('v1', 'ConfigMap'));
    assert.match(message, /^cannot be asked: the command ".*node" of the kubeconfig gives no credentials$/);
  });

  test('gives lists whole, with what each item is', async () => {
    answers = [
      [200, { metadata: { continue: 'more' }, items: [{ metadata: { name: 'a' } }] }],
      [200, { metadata: {}, items: [{ metadata: { name: 'b' } }] }],
    ];
    const items = await connect().list('v1', 'ConfigMap', 'agents');
    assert.deepEqual(
      items.map(({ kind, metadata }) => [kind, metadata]),
      [
        ['ConfigMap', { name: 'a' }],
        ['ConfigMap', { name: 'b' }],
      ],
    );
    assert.match(server.asked.at(-1)!.url, /^\/api\/v1\/namespaces\/agents\/configmaps\?limit=\d+&continue=more$/);
  });

  test('is asked for all namespaces, and for what lies in none', async () => {
    answers = [
      [200, { items: [] }],
      [200, {}],
    ];
    const api = connect();
    await api.list('v1', 'Secret', null);
    await api.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'agents' } });
    assert.deepEqual(
      server.asked.slice(1).map(({ url }) => url),
      ['/api/v1/secrets?limit=500', '/api/v1/namespaces/agents'],
    );
  });

  test('changes nothing where it is only rehearsed', async () => {
    answers = Array.from({ length: 5 }, () => [200, MAP] as const);
    const api = connect().rehearsing;
    await api.apply(MAP, { fieldManager: 'me' });
    await api.patch(MAP, [], 'me');
    await api.create(MAP, 'me');
    await api.replace(MAP, 'me');
    await api.remove(MAP, { uid: 'u', propagation: 'Orphan' });
    const writes = server.asked.filter(({ method }) => method !== 'GET');
    assert.equal(writes.length, 5);
    for (const { method, url, body } of writes) {
      // The server reads nothing of the query where a deletion has a body.
      const isDry =
        method === 'DELETE' ? (JSON.parse(body) as { dryRun?: unknown }).dryRun : new URL(url, 'http://a').searchParams.getAll('dryRun');
      assert.deepEqual(isDry, ['All'], `${method} ${url}`);
    }
  });

  test('gets each kind of write in its own form', async () => {
    answers = Array.from({ length: 5 }, () => [200, MAP] as const);
    const api = connect();
    await api.apply(MAP, { fieldManager: 'me', force: true });
    await api.patch(MAP, [{ op: 'remove', path: '/data' }], 'me');
    await api.create(MAP, 'me');
    await api.replace(MAP, 'me');
    await api.remove(MAP, { uid: 'u', resourceVersion: '7', propagation: 'Orphan' });
    const place = '/api/v1/namespaces/agents/configmaps';
    assert.deepEqual(
      server.asked.slice(1).map(({ method, url, headers }) => `${method} ${url} ${headers['content-type']}`),
      [
        `PATCH ${place}/a?fieldManager=me&force=true&fieldValidation=Strict application/apply-patch+yaml`,
        `PATCH ${place}/a?fieldManager=me application/json-patch+json`,
        `POST ${place}?fieldManager=me application/json`,
        `PUT ${place}/a?fieldManager=me application/json`,
        `DELETE ${place}/a application/json`,
      ],
    );
    assert.deepEqual(JSON.parse(server.asked.at(-1)!.body), {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Orphan',
      preconditions: { uid: 'u', resourceVersion: '7' },
    });
  });

  test('is repeated in one line where it refuses something', async () => {
    answers = [[422, { kind: 'Status', message: 'data: Invalid value:\n "x"' }]];
    const error = await refused(() => connect().create(MAP, 'me'));
    assert.deepEqual([error.status, error.canRetry], [422, false]);
    assert.equal(error.message, 'answers 422 to "create ConfigMap/a": data: Invalid value: "x"');
    assert.equal(error.service, 'the cluster of context "test"');
  });

  test('P6 is not repeated where it speaks of a Secret', async () => {
    answers = [[422, { kind: 'Status', message: `data[token]: Invalid value: "${SECRET}"` }]];
    const error = await refused(() => connect().create({ ...MAP, kind: 'Secret' }, 'me'));
    assert.equal(error.message, 'answers 422 to "create Secret/a"');
  });

  test('may be asked again where it is only busy', async () => {
    answers = [[503, 'gone']];
    assert.equal((await refused(() => connect().get(MAP))).canRetry, true);
  });

  test('that does not listen is said to be out of reach', async () => {
    const error = await refused(() => connect({}, 'nowhere').get(MAP));
    assert.deepEqual(
      [error.service, error.message, error.canRetry],
      ['the cluster of context "nowhere"', 'cannot be reached: ECONNREFUSED', true],
    );
  });

  test('of an unknown context is refused with those that there are', async () => {
    const error = await refused(async () => connect({}, 'tset'));
    assert.equal(error.message, 'has no context "tset"; expected "test" or "nowhere"');
  });

  test('P6 of a file that is no kubeconfig is refused without its text', async () => {
    const file = join(directory, 'wrong');
    writeFileSync(file, `a: [${SECRET}`);
    assert.match((await refused(async () => cluster({ kubeconfig: file }))).message, /^cannot be read/);
  });
});
