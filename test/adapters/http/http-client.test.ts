import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { connections } from '../../../src/adapters/http/connections.ts';
import type { HttpAnswer } from '../../../src/adapters/http/exchange.ts';
import { httpClient, type HttpSettings } from '../../../src/adapters/http/http-client.ts';
import { retryAfterMilliseconds } from '../../../src/adapters/http/retry-after.ts';
import { RemoteError } from '../../../src/adapters/remote-error.ts';
import { testServer, type Answer, type TestServer } from '../test-server.ts';

const closing: (() => unknown)[] = [];
after(() => Promise.all(closing.map((close) => close())));

async function server(answer: Answer): Promise<TestServer> {
  const started = await testServer(answer);
  closing.push(started.close);
  return started;
}

function client(settings: Partial<HttpSettings> = {}): ReturnType<typeof httpClient> {
  const made = httpClient({ env: {}, ...settings, patience: { firstWaitMilliseconds: 1, idleMilliseconds: 5000, ...settings.patience } });
  closing.push(made.close);
  return made;
}

function get(url: string, settings: Partial<HttpSettings> = {}, headers: Record<string, string> = {}): Promise<HttpAnswer> {
  return client(settings).send({ method: 'GET', url: new URL(url), headers, maxBytes: 1000 });
}

describe('redirects', () => {
  test('take credentials along to the same origin, and to no other', async () => {
    const stranger = await server((response) => response.end('there'));
    const registry = await server((response, { url }) => {
      const [, place = '', step] = url.split('/');
      if (place === 'near' && step === undefined) response.writeHead(307, { location: '/near/2' }).end();
      else if (place === 'far') response.writeHead(307, { location: `http://${stranger.host}/blob` }).end();
      else response.end('here');
    });
    const authorization = 'Bearer secret';
    const near = await get(`http://${registry.host}/near`, {}, { authorization });
    assert.deepEqual(
      [near.body.toString(), near.url.pathname, registry.asked[1]?.headers.authorization],
      ['here', '/near/2', authorization],
    );
    const far = await get(`http://${registry.host}/far`, {}, { Authorization: authorization, accept: 'a/b' });
    assert.deepEqual([far.body.toString(), far.url.host], ['there', stranger.host]);
    assert.deepEqual([stranger.asked[0]?.headers.authorization, stranger.asked[0]?.headers.accept], [undefined, 'a/b']);
  });

  for (const [title, location, message] of [
    ['in a circle', '/', /^redirects more than 5 times$/],
    ['to another scheme', 'file:///etc/passwd', /^redirects to an address that is none$/],
    ['away from this machine without TLS', 'http://example.com/', /^redirects to example\.com without TLS$/],
  ] as const) {
    test(`${title} end with a reason`, async () => {
      const { host } = await server((response) => response.writeHead(302, { location }).end());
      await assert.rejects(get(`http://${host}/`), { name: 'RemoteError', message });
    });
  }
});

describe('patience', () => {
  test('asks again what is busy, and waits as long as the server says', async () => {
    const waits: number[] = [];
    const { host, asked } = await server((response) => {
      if (asked.length === 1) response.writeHead(503).end();
      else if (asked.length === 2) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end('at last');
    });
    const started = performance.now();
    const { body } = await get(`http://${host}/`, { onWait: (_host, milliseconds) => waits.push(Math.round(milliseconds / 100)) });
    assert.equal(body.toString(), 'at last');
    assert.deepEqual(waits, [0, 10]);
    assert.ok(performance.now() - started >= 990);
  });

  test('ends after a number of attempts with the last answer', async () => {
    const { host, asked } = await server((response) => response.writeHead(500).end());
    assert.equal((await get(`http://${host}/`, { patience: { attempts: 3 } })).status, 500);
    assert.equal(asked.length, 3);
  });

  test('does not wait for longer than is sensible', async () => {
    const { host, asked } = await server((response) => response.writeHead(429, { 'retry-after': '21600' }).end());
    assert.equal((await get(`http://${host}/`)).status, 429);
    assert.equal(asked.length, 1);
  });

  test('what one request is told holds for the others', async () => {
    const times: number[] = [];
    const { host, asked } = await server((response) => {
      times.push(performance.now());
      if (asked.length === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else response.end();
    });
    const http = client();
    const ask = (): Promise<HttpAnswer> => http.send({ method: 'GET', url: new URL(`http://${host}/`), maxBytes: 10 });
    const first = ask();
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([first, ask()]);
    assert.deepEqual([times.length, times.slice(1).every((time) => time - times[0]! >= 990)], [3, true]);
  });

  test('does not ask again what is refused, and tells a closed connection from a closed port', async () => {
    const { host, asked } = await server((response) => response.writeHead(404).end());
    assert.equal((await get(`http://${host}/`)).status, 404);
    assert.equal(asked.length, 1);
    const broken = await server((response) => response.destroy());
    await assert.rejects(get(`http://${broken.host}/`), {
      service: broken.host,
      message: 'closed the connection (ECONNRESET)',
      canRetry: true,
    });
    assert.equal(broken.asked.length, 2);
    await broken.close();
    await assert.rejects(get(`http://${broken.host}/`), { message: 'refuses connections (ECONNREFUSED)', canRetry: false });
  });

  test('tells who does not speak TLS', async () => {
    const { host } = await server((response) => response.end());
    await assert.rejects(get(`https://${host}/`), { message: /^does not speak TLS as it is spoken today \(\w+\)$/, canRetry: false });
  });

  test('Retry-After is seconds or a date', () => {
    const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
    for (const [header, milliseconds] of [
      ['120', 120_000],
      ['Wed, 21 Oct 2026 07:28:30 GMT', 30_000],
      ['Wed, 21 Oct 2026 07:00:00 GMT', 0],
      ['soon', null],
      ['-1', null],
      ['1.5', null],
      [undefined, null],
    ] as const) {
      assert.equal(retryAfterMilliseconds(header, now), milliseconds, header);
    }
  });
});

describe('bounds', () => {
  test('an answer that is too large is not read to its end', async () => {
    const { host } = await server((response) => response.end('x'.repeat(1001)));
    await assert.rejects(get(`http://${host}/`), { message: 'answers with more than the 1000 bytes that are taken', canRetry: false });
  });

  test('silence and slowness end', async () => {
    const silent = await server(() => undefined);
    await assert.rejects(get(`http://${silent.host}/`, { patience: { idleMilliseconds: 60, failures: 1 } }), {
      message: 'does not answer within 0.06 s',
      canRetry: true,
    });
    const slow = await server((response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    await assert.rejects(get(`http://${slow.host}/`, { patience: { totalMilliseconds: 150, failures: 1 } }), {
      message: 'does not answer within 0.15 s',
    });
  });

  test('a compressed answer, which was not asked for, is refused', async () => {
    const { host } = await server((response, { headers }) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(headers['accept-encoding']),
    );
    await assert.rejects(get(`http://${host}/`), /compressed/);
  });
});

describe('proxies', () => {
  test('of the environment are used, except on the way to this machine and where NO_PROXY says so', async () => {
    const proxy = await server((response) => response.end('from the proxy'));
    proxy.server.on('connect', ({ url = '' }, socket) => {
      proxy.asked.push({ method: 'CONNECT', url, headers: {}, body: '', bytes: Buffer.alloc(0) });
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    const env = { HTTP_PROXY: `http://user:hunter2@${proxy.host}`, HTTPS_PROXY: `http://user:hunter2@${proxy.host}`, NO_PROXY: '.invalid' };
    assert.equal((await get('http://registry.example.com/v2/', { env })).body.toString(), 'from the proxy');
    assert.equal(proxy.asked[0]?.url, 'http://registry.example.com/v2/');
    await assert.rejects(get('https://registry.example.com/v2/', { env }), (error: Error) => {
      assert.ok(error instanceof RemoteError && !`${error.message} ${error.stack}`.includes('hunter2'), error.message);
      return true;
    });
    assert.equal(proxy.asked[1]?.url, 'registry.example.com:443');
    const own = await server((response) => response.end('from itself'));
    assert.equal((await get(`http://${own.host}/`, { env })).body.toString(), 'from itself');
    await assert.rejects(get('https://registry.invalid/', { env, patience: { failures: 1 } }), RemoteError);
    assert.equal(proxy.asked.length, 2);
  });

  test('are not passed by in silence by a Node that does not know them', () => {
    const env = { https_proxy: 'http://proxy.example.com' };
    assert.throws(() => connections(env, '22.20.0'), /cannot be used by Node 22\.20\.0; run 22\.21, 24\.5 or newer/);
    for (const version of ['22.21.0', '24.5.0', '26.0.0']) connections(env, version).close();
    connections({ NO_PROXY: '*' }, '22.20.0').close();
  });
});
