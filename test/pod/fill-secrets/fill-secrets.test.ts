import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { FillSecretsPlan } from '../../../src/lib/pod-plan.ts';
import type { Failure } from '../../../src/pod/failure.ts';
import { type FillSecretsOptions, runFillSecrets } from '../../../src/pod/fill-secrets/fill-secrets.ts';
import { type FakeApiServer, failure, fakeApiServer, storedSecret } from '../support/api-server.ts';
import { stillTime } from '../support/still-time.ts';
import { selfSignedCertificate } from '../support/self-signed-certificate.ts';

const MANAGER = 'openclaw-gitops-secrets';
const PATH = '/api/v1/namespaces/agents/secrets/bot-gateway-token';

function planWith(keys: readonly string[] = ['token'], names: readonly string[] = ['bot-gateway-token']): FillSecretsPlan {
  return {
    schema: 1,
    namespace: 'agents',
    fieldManager: MANAGER,
    secrets: names.map((name) => ({ name, keys: keys.map((key) => ({ key, randomBytes: 32 })) })),
  };
}

interface Run {
  readonly api: FakeApiServer;
  readonly lines: string[];
  /** What each pause was asked to be. */
  readonly pauses: number[];
  readonly run: (plan?: FillSecretsPlan, options?: FillSecretsOptions) => Promise<void>;
}

async function start(t: TestContext): Promise<Run> {
  const api = await fakeApiServer(t);
  const { log, lines, pauses, sleep, now } = stillTime();
  return {
    api,
    lines,
    pauses,
    run: (plan = planWith(), options = {}) => runFillSecrets(plan, api.connection, log, { sleep, now, ...options }),
  };
}

function valueOf(api: FakeApiServer, key = 'token'): string {
  return Buffer.from(api.secrets.get('agents/bot-gateway-token')?.data[key] ?? '', 'base64').toString();
}

test('ARD-112 a missing token becomes 64 hex characters, once', async (t) => {
  const { api, lines, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  await run();
  const token = valueOf(api);
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.deepEqual(
    api.requests.map(({ method, url }) => `${method} ${url}`),
    [`GET ${PATH}`, `PATCH ${PATH}?fieldManager=${MANAGER}&force=false`],
  );
  assert.deepEqual(JSON.parse(api.requests[1]?.body ?? ''), {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'bot-gateway-token', namespace: 'agents', resourceVersion: '1' },
    data: { token: Buffer.from(token).toString('base64') },
  });
  assert.deepEqual(api.secrets.get('agents/bot-gateway-token')?.owners, { token: [MANAGER] });
  await run();
  assert.equal(valueOf(api), token);
  assert.equal(api.requests.length, 3);
  assert.deepEqual(lines, [
    'Secret "bot-gateway-token" in namespace "agents": filled "token"',
    'Secret "bot-gateway-token" in namespace "agents" has all keys',
  ]);
});

test('a value that somebody else wrote is never touched', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret({ data: { token: 'bWluZQ==' }, owners: { token: ['kubectl-edit'] } }));
  await run();
  assert.equal(valueOf(api), 'mine');
  await run(planWith(['token', 'password']));
  assert.equal(valueOf(api), 'mine');
  assert.match(valueOf(api, 'password'), /^[0-9a-f]{64}$/);
});

test('keys that we applied before stay, those that left the plan too', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set(
    'agents/bot-gateway-token',
    storedSecret({
      data: { old: 'b2xk', token: 'bWluZQ==', user: 'dQ==' },
      owners: { old: [MANAGER], token: [MANAGER], user: ['kubectl-edit'] },
    }),
  );
  await run(planWith(['token', 'password']));
  assert.deepEqual([valueOf(api, 'old'), valueOf(api), valueOf(api, 'user')], ['old', 'mine', 'u']);
  assert.deepEqual(api.secrets.get('agents/bot-gateway-token')?.owners['user'], ['kubectl-edit']);
});

test('two runs at once end with one token', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  // Both have read before either applies.
  let reads = 0;
  const both = Promise.withResolvers<void>();
  api.onRequest = async ({ method }) => {
    if (method === 'GET' && ++reads === 2) both.resolve();
    if (method === 'PATCH') await both.promise;
  };
  await Promise.all([run(), run()]);
  const patches = api.requests.filter(({ method }) => method === 'PATCH');
  assert.equal(patches.length, 2);
  assert.equal(api.secrets.get('agents/bot-gateway-token')?.resourceVersion, 2);
  assert.ok(patches.some(({ body }) => body.includes(api.secrets.get('agents/bot-gateway-token')?.data['token'] ?? '?')));
});

test('it waits for a Secret that the engine applies later, longer each time', async (t) => {
  const { api, lines, pauses, run } = await start(t);
  api.onRequest = () => {
    if (api.requests.length === 7) api.secrets.set('agents/bot-gateway-token', storedSecret());
  };
  await run();
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 15_000]);
  assert.equal(lines[0], 'warning: found no Secret "bot-gateway-token" in namespace "agents"; trying again');
  assert.match(valueOf(api), /^[0-9a-f]{64}$/);
});

test('a Secret that never comes ends it after five minutes', async (t) => {
  const { pauses, run } = await start(t);
  await assert.rejects(
    run(),
    (error: Failure) =>
      error.message === 'gave up after 300 s: found no Secret "bot-gateway-token" in namespace "agents"' && error.hint !== undefined,
  );
  assert.equal(
    pauses.reduce((sum, pause) => sum + pause, 0),
    300_000,
  );
});

test('a refusal of rights is retried for a minute, then names the Role', async (t) => {
  const { api, pauses, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  api.instead.push({ status: 403, body: failure(403, 'Forbidden') });
  await run();
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  pauses.length = 0;
  api.instead.push(...Array.from({ length: 50 }, () => ({ status: 403, body: failure(403, 'Forbidden') })));
  await assert.rejects(
    run(),
    (error: Failure) =>
      error.message.endsWith('this Job may not get the Secret "bot-gateway-token" in namespace "agents" (403 Forbidden)') &&
      error.hint?.includes('Role') === true,
  );
  assert.ok(pauses.reduce((sum, pause) => sum + pause, 0) <= 60_000);
});

test('a token that was rotated is read again', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  api.tokens.clear();
  api.tokens.add('token-2');
  api.onRequest = () => writeFileSync(api.connection.tokenFile, 'token-2');
  await run();
  assert.deepEqual(
    api.requests.map(({ headers }) => headers.authorization),
    ['Bearer token-1', 'Bearer token-2', 'Bearer token-2'],
  );
});

for (const [what, canned, pause] of [
  ['429 with Retry-After', { status: 429, headers: { 'retry-after': '7' } }, 7000],
  ['500', { status: 500 }, 500],
  ['503 with a date in Retry-After', { status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } }, 500],
  ['a broken connection', 'reset', 500],
  ['an answer that is no Secret', { status: 200, body: [] }, 500],
] as const) {
  test(`${what} is tried again, for the read and for the apply`, async (t) => {
    const { api, pauses, run } = await start(t);
    api.secrets.set('agents/bot-gateway-token', storedSecret());
    api.instead.push(canned);
    await run();
    assert.deepEqual(pauses, [pause]);

    api.secrets.set('agents/bot-gateway-token', storedSecret());
    pauses.length = 0;
    api.onRequest = ({ method }) => {
      if (method === 'PATCH' && pauses.length === 0) api.instead.push(canned);
    };
    await run();
    assert.deepEqual(pauses, [pause]);
    assert.match(valueOf(api), /^[0-9a-f]{64}$/);
  });
}

test('a server that cannot be reached or trusted is given up with the reason', async (t) => {
  const { api, run } = await start(t);
  const other = await fakeApiServer(t, selfSignedCertificate());
  const log = { did: () => {}, warn: () => {} };
  const atOnce = { deadlineMs: 0, sleep: async () => {} };
  await assert.rejects(
    runFillSecrets(planWith(), { ...api.connection, caFile: other.connection.caFile }, log, atOnce),
    /cannot reach the API server .* \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
  );
  await assert.rejects(
    runFillSecrets(planWith(), { ...api.connection, host: 'localhost' }, log, atOnce),
    /cannot reach the API server .* \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
  );
  await assert.rejects(
    runFillSecrets(planWith(), { ...api.connection, tokenFile: '/nowhere/token' }, log, atOnce),
    (error: Failure) =>
      error.message === 'cannot read "/nowhere/token" (ENOENT)' && error.hint?.includes('token of its ServiceAccount') === true,
  );
  assert.equal(api.requests.length, 0);
  await assert.rejects(run(planWith(), { deadlineMs: 0 }), /found no Secret/);
});

test('a server that never answers is given up after the time of a request', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  const hung = Promise.withResolvers<void>();
  api.onRequest = () => hung.promise;
  const log = { did: () => {}, warn: () => {} };
  await assert.rejects(
    runFillSecrets(planWith(), { ...api.connection, requestTimeoutMs: 100 }, log, { deadlineMs: 0 }),
    /cannot reach the API server .* \(no answer in time\)/,
  );
  hung.resolve();
  await run();
});

test('an immutable Secret without the key is a clear error, with it there is nothing to do', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret({ immutable: true }));
  await assert.rejects(
    run(),
    (error: Failure) => error.message === 'Secret "bot-gateway-token" in namespace "agents" lacks "token" and is immutable',
  );
  api.secrets.set('agents/bot-gateway-token', storedSecret({ immutable: true, data: { token: 'eA==' } }));
  await run();
});

test('an empty value that another manager insists on is named with that manager', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret({ data: { token: '' }, owners: { token: ['argocd-controller'] } }));
  await assert.rejects(
    run(),
    (error: Failure) =>
      error.message === 'Secret "bot-gateway-token" in namespace "agents" has values for "token" that "argocd-controller" owns',
  );
  assert.equal(valueOf(api), '');
});

test('a Secret that is deleted between read and apply is waited for', async (t) => {
  const { api, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  api.onRequest = ({ method }) => {
    if (method === 'PATCH' && api.requests.length === 2) api.secrets.delete('agents/bot-gateway-token');
    if (api.requests.length === 4) api.secrets.set('agents/bot-gateway-token', storedSecret());
  };
  await run();
  assert.match(valueOf(api), /^[0-9a-f]{64}$/);
});

test('an answer it cannot act on ends it, and its message is never repeated', async (t) => {
  const { api, lines, run } = await start(t);
  api.secrets.set('agents/bot-gateway-token', storedSecret());
  api.instead.push({ status: 422, body: failure(422, 'Invalid') });
  await assert.rejects(
    run(),
    (error: Failure) =>
      error.message === 'the API server refused to get the Secret "bot-gateway-token" in namespace "agents" (422 Invalid)',
  );
  api.instead.push({ status: 400, body: failure(400, 's3cret value with blanks') });
  await assert.rejects(run(), (error: Failure) => error.message.endsWith('(400)'));
  assert.ok(!lines.join('\n').includes('s3cret'));
});

test('no line of the log holds a value', async (t) => {
  const { api, lines, run } = await start(t);
  for (const name of ['a', 'b']) api.secrets.set(`agents/${name}`, storedSecret({ data: { present: 'cHJlc2VudA==' } }));
  await run(planWith(['token', 'present'], ['a', 'b']));
  const values = ['a', 'b']
    .flatMap((name) => Object.values(api.secrets.get(`agents/${name}`)?.data ?? {}))
    .flatMap((value) => [value, Buffer.from(value, 'base64').toString()]);
  assert.equal(values.length, 8);
  for (const value of values)
    assert.ok(
      !lines
        .filter((line) => !line.includes('namespace'))
        .join('\n')
        .includes(value),
    );
  for (const value of values.filter((each) => each.length > 20)) assert.ok(!lines.join('\n').includes(value));
});
