import assert from 'node:assert/strict';
import { on, once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Guesses } from '../../../src/pod/web-terminal-gate/guesses.ts';
import { webTerminalGate } from '../../../src/pod/web-terminal-gate/web-terminal-gate.ts';

const basic = (credentials: string): OutgoingHttpHeaders => ({ authorization: `Basic ${Buffer.from(credentials).toString('base64')}` });
const RIGHT = basic('ada:secret');
const UPGRADE = { connection: 'Upgrade', upgrade: 'websocket', host: 'localhost:7681', origin: 'http://localhost:7681' };

const soon = (): { readonly signal: AbortSignal } => ({ signal: AbortSignal.timeout(2000) });

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('web-terminal-gate', () => {
  let directory = '';
  let terminal: Server;
  let gate: Server;
  let port = 0;
  let now = 0;
  /** What the terminal behind the gate was asked. */
  let asked: IncomingMessage[] = [];
  let shells: Duplex[] = [];
  const lines: string[] = [];

  /** As kubelet does, never with a file that is half written. */
  const setLogin = async (username: string, password: string): Promise<void> => {
    for (const [key, value] of Object.entries({ username, password })) {
      await writeFile(join(directory, 'next'), value);
      await rename(join(directory, 'next'), join(directory, key));
    }
  };
  const ask = (headers: OutgoingHttpHeaders, options: { path?: string; method?: string } = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, agent: false, headers, ...options });
      sent.on('response', (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => (body += text));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }));
      });
      sent.on('upgrade', () => reject(new Error('it was upgraded')));
      sent.on('error', reject);
      sent.end();
    });
  const open = async (): Promise<Duplex> => {
    const sent = request({ host: '127.0.0.1', port, agent: false, path: '/ws', headers: { ...UPGRADE, ...RIGHT } });
    sent.end();
    const [, socket, head] = (await once(sent, 'upgrade', soon())) as [IncomingMessage, Duplex, Buffer];
    socket.unshift(head);
    socket.on('error', () => {});
    return socket;
  };

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'web-terminal-gate-'));
    terminal = createServer((incoming, answer) => {
      asked.push(incoming);
      answer.setHeader('content-type', 'text/html');
      answer.end('<title>terminal</title>');
    });
    terminal.on('upgrade', (incoming, socket) => {
      asked.push(incoming);
      shells.push(socket);
      socket.on('error', () => {});
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nhello ',
      );
      socket.on('data', (typed: Buffer) => socket.write(`heard ${typed.toString()}`));
      socket.on('end', () => socket.end());
    });
    await new Promise<void>((resolve) => terminal.listen(join(directory, 'ttyd.sock'), resolve));
  });
  beforeEach(async () => {
    await setLogin('ada', 'secret');
    [asked, shells, now] = [[], [], now + 3_600_000];
    lines.length = 0;
    gate?.closeAllConnections();
    gate?.close();
    const log = { did: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(`warning: ${line}`) };
    gate = webTerminalGate({
      terminal: join(directory, 'ttyd.sock'),
      login: directory,
      log,
      guesses: new Guesses(() => now),
      recheckMs: 20,
    });
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
    ({ port } = gate.address() as AddressInfo);
  });
  // Servers do not count what was upgraded among their connections.
  afterEach(() => {
    for (const shell of shells) shell.destroy();
  });
  after(async () => {
    for (const server of [gate, terminal]) {
      server.closeAllConnections();
      server.close();
    }
    await rm(directory, { recursive: true });
  });

  test('the right login gets the page, whose server never hears of it', async () => {
    const { status, headers, body } = await ask(RIGHT);
    assert.deepEqual([status, body, headers['content-type']], [200, '<title>terminal</title>', 'text/html']);
    assert.equal(headers['content-security-policy'], "frame-ancestors 'none'");
    assert.deepEqual(
      asked.map((incoming) => incoming.headers.authorization),
      [undefined],
    );
  });

  test('anything else is asked for the login', async () => {
    const offers: readonly OutgoingHttpHeaders[] = [
      {},
      basic('ada:wrong'),
      basic('ada:secret '),
      basic('bob:secret'),
      basic('ada'),
      basic(''),
      { authorization: 'Bearer secret' },
      { authorization: 'Basic ' },
    ];
    for (const offer of offers) {
      const { status, headers } = await ask(offer);
      assert.equal(status, 401, JSON.stringify(offer));
      assert.equal(headers['www-authenticate'], 'Basic realm="web-terminal", charset="UTF-8"');
    }
    assert.deepEqual(asked, []);
    assert.ok(!lines.some((line) => line.includes('secret')));
  });

  test('a login may hold any character, and its files may end with a line break', async () => {
    await setLogin('ada\n', 'pässword: "x"\r\n');
    assert.equal((await ask(basic('ada:pässword: "x"'))).status, 200);
    assert.equal((await ask(RIGHT)).status, 401);
  });

  test('without a whole login nobody comes in, and the log says so once', async () => {
    await setLogin('', '\n');
    for (const offer of [basic(':'), RIGHT]) assert.equal((await ask(offer)).status, 503);
    await setLogin('ada', '');
    assert.equal((await ask(basic('ada:'))).status, 503);
    await rm(join(directory, 'username'));
    assert.equal((await ask(basic(':secret'))).status, 503);
    assert.deepEqual(lines, [
      'warning: the Secret of the login has no username, or an empty one',
      'warning: the Secret of the login has no password, or an empty one',
      'warning: the Secret of the login has no username, or an empty one',
    ]);
    assert.deepEqual(asked, []);
  });

  test('guesses that come at once are counted, and then the right login waits too', async () => {
    const statuses = await Promise.all(Array.from({ length: 25 }, async (_, index) => (await ask(basic(`ada:${index}`))).status));
    assert.deepEqual([statuses.filter((status) => status === 401).length, statuses.filter((status) => status === 429).length], [10, 15]);
    const { status, headers } = await ask(RIGHT);
    assert.deepEqual([status, headers['retry-after']], [429, '6']);
    assert.equal((await ask({})).status, 401);
    now += 6000;
    assert.equal((await ask(RIGHT)).status, 200);
  });

  test('other methods and odd targets are refused', async () => {
    assert.equal((await ask(RIGHT, { method: 'POST' })).status, 405);
    assert.equal((await ask(RIGHT, { path: 'http://elsewhere.example.com/' })).status, 400);
    assert.equal((await ask({ ...RIGHT, connection: 'Upgrade', upgrade: 'h2c' })).status, 400);
    assert.deepEqual(asked, []);
  });

  test('a WebSocket passes both ways and ends with its client', async () => {
    const client = await open();
    client.write('ls');
    let heard = '';
    for await (const [piece] of on(client, 'data', soon())) {
      heard += (piece as Buffer).toString();
      if (heard === 'hello heard ls') break;
    }
    assert.deepEqual(
      asked.map(({ url, headers }) => [url, headers.authorization, headers.upgrade, headers.origin]),
      [['/ws', undefined, 'websocket', UPGRADE.origin]],
    );
    client.destroy();
    await once(shells[0]!, 'close', soon());
  });

  test('a WebSocket ends with its shell', async () => {
    const client = await open();
    client.resume();
    shells[0]?.destroy();
    await once(client, 'close', soon());
  });

  test('a WebSocket needs the login and the own page', async () => {
    assert.equal((await ask({ ...UPGRADE })).status, 401);
    assert.equal((await ask({ ...UPGRADE, ...basic('ada:wrong') })).status, 401);
    assert.equal((await ask({ ...UPGRADE, ...RIGHT, origin: 'https://evil.example.com' })).status, 403);
    assert.deepEqual(asked, []);
  });

  test('sixteen terminals are enough', async () => {
    const clients = await Promise.all(Array.from({ length: 16 }, open));
    assert.equal((await ask({ ...UPGRADE, ...RIGHT })).status, 503);
    clients[0]?.destroy();
    await Promise.race(shells.map((shell) => once(shell, 'close', soon())));
    (await open()).destroy();
    for (const client of clients) client.destroy();
  });

  test('a changed login closes what the earlier one has opened, and an unchanged Secret nothing', async () => {
    const client = await open();
    client.resume();
    await setLogin('ada', 'secret');
    await sleep(100);
    assert.equal(client.destroyed, false);
    // It may be closed before the last file is there.
    const closed = once(client, 'close', soon());
    await setLogin('ada', 'later');
    await closed;
    assert.equal(lines.at(-1), 'a terminal was closed, since the login has changed');
    assert.equal((await ask(basic('ada:later'))).status, 200);
  });

  test('a terminal that is not there yet is said to be', async () => {
    const alone = webTerminalGate({ terminal: join(directory, 'absent.sock'), login: directory, log: { did: () => {}, warn: () => {} } });
    await new Promise<void>((resolve) => alone.listen(0, '127.0.0.1', resolve));
    ({ port } = alone.address() as AddressInfo);
    for (const headers of [RIGHT, { ...UPGRADE, ...RIGHT }]) {
      const { status, body } = await ask(headers);
      assert.deepEqual([status, body], [502, 'the terminal does not answer; it may be starting\n']);
    }
    alone.close();
  });
});
