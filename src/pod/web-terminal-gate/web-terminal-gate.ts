/**
 * Asks for a login in front of ttyd, which takes one from its arguments only and prints it when it starts. ttyd listens on a socket file
 * that this program alone reaches.
 */
import { createServer, request, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../log.ts';
import { Doorkeeper, type Refusal } from './admission.ts';
import type { Guesses } from './guesses.ts';
import { isOwnPage, passedBack, passedOn } from './headers.ts';

export interface GateOptions {
  /** The socket file of ttyd. */
  readonly terminal: string;
  /** Directory with the files `username` and `password`. */
  readonly login: string;
  readonly log: Log;
  readonly guesses?: Guesses;
  /** How often open terminals are held against the login of that time. */
  readonly recheckMs?: number;
}

type Refuse = (refusal: Refusal) => void;

/** Each is a shell with what it has started, in one small container. */
const MOST_TERMINALS = 16;
const MOST_CONNECTIONS = 64;
const RECHECK_MS = 10_000;
const SILENCE_MS = 10_000;
/** A page of another site must not show the terminal in a frame, where the browser would sign in by itself. */
const NO_FRAME = { 'Content-Security-Policy': "frame-ancestors 'none'" };
const NO_TERMINAL: Refusal = { status: 502, reason: 'the terminal does not answer; it may be starting' };

/** The server, which does not listen yet. */
export function webTerminalGate({ terminal, login, log, guesses, recheckMs = RECHECK_MS }: GateOptions): Server {
  const doorkeeper = new Doorkeeper(login, log, guesses);
  /** Terminals by their client, with the login that opened them. */
  const opened = new Map<Socket, Buffer>();
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 20_000, maxHeaderSize: 8192 });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('request', (asked, answer) => void servePage(asked, answer).catch(() => answer.destroy()));
  server.on('upgrade', (asked, stream, head) => {
    const client = stream as Socket;
    client.on('error', () => client.destroy());
    openTerminal(asked, client, head).catch(() => client.destroy());
  });
  const timer = setInterval(() => void closeOutdated(), recheckMs).unref();
  server.on('close', () => clearInterval(timer));
  return server;

  async function servePage(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const refuse = refusalOf(answer);
    const path = pathOf(asked);
    if (asked.method !== 'GET') return refuse({ status: 405, reason: 'expected GET', headers: { Allow: 'GET' } });
    if (path === null) return refuse({ status: 400, reason: 'expected a path' });
    const admission = await doorkeeper.admit(asked.headers.authorization);
    if ('refusal' in admission) return refuse(admission.refusal);
    const inner = request({ socketPath: terminal, path, headers: passedOn(asked.headers), agent: false, timeout: SILENCE_MS });
    inner.on('response', (page) => {
      answer.writeHead(page.statusCode ?? 502, { ...passedBack(page.headers), ...NO_FRAME });
      page.on('error', () => answer.destroy());
      page.pipe(answer);
    });
    inner.on('timeout', () => inner.destroy());
    inner.on('error', () => refuse(NO_TERMINAL));
    answer.on('close', () => inner.destroy());
    inner.end();
  }

  async function openTerminal(asked: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    const refuse = refusalOn(client);
    const path = pathOf(asked);
    if (path === null || asked.headers.upgrade?.toLowerCase() !== 'websocket')
      return refuse({ status: 400, reason: 'expected a WebSocket' });
    const admission = await doorkeeper.admit(asked.headers.authorization);
    if ('refusal' in admission) return refuse(admission.refusal);
    if (!isOwnPage(asked.headers)) return refuse({ status: 403, reason: 'a page of another site asks' });
    if (opened.size >= MOST_TERMINALS) return refuse({ status: 503, reason: `${MOST_TERMINALS} terminals are open` });
    if (client.destroyed) return;
    opened.set(client, admission.digest);
    client.on('close', () => opened.delete(client));
    const headers = { ...passedOn(asked.headers), connection: 'Upgrade', upgrade: 'websocket' };
    const inner = request({ socketPath: terminal, path, headers, agent: false, timeout: SILENCE_MS });
    client.on('close', () => inner.destroy());
    inner.on('timeout', () => inner.destroy());
    inner.on('error', () => refuse(NO_TERMINAL));
    inner.on('response', () => refuse({ status: 404, reason: 'there is no terminal at this path' }));
    inner.on('upgrade', (accepted, shell, shellHead) => {
      join(client, head, accepted, shell, shellHead);
      log.did(`a terminal was opened, ${opened.size} in all`);
    });
    inner.end();
  }

  async function closeOutdated(): Promise<void> {
    if (opened.size === 0) return;
    const outdated = await doorkeeper.outdated(opened.values());
    for (const [client, digest] of opened) {
      if (!outdated.has(digest)) continue;
      log.did('a terminal was closed, since the login has changed');
      client.destroy();
    }
  }
}

/** Both ways, until one of them ends. */
function join(client: Socket, head: Buffer, accepted: IncomingMessage, shell: Socket, shellHead: Buffer): void {
  const { rawHeaders } = accepted;
  const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1] ?? ''}\r\n`] : []));
  client.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
  client.write(shellHead);
  shell.write(head);
  client.setNoDelay(true);
  shell.setTimeout(0);
  shell.on('error', () => shell.destroy());
  shell.on('close', () => client.destroySoon());
  client.on('close', () => shell.destroy());
  shell.pipe(client);
  client.pipe(shell);
}

function refusalOf(answer: ServerResponse): Refuse {
  return ({ status, reason, headers }) => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(status, { ...NO_FRAME, ...headers, 'Content-Type': 'text/plain' }).end(`${reason}\n`);
  };
}

function refusalOn(client: Socket): Refuse {
  return ({ status, reason, headers = {} }) => {
    const all = { Connection: 'close', 'Content-Length': reason.length + 1, 'Content-Type': 'text/plain', ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    client.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${reason}\n`);
    client.destroySoon();
  };
}

function pathOf({ url = '' }: IncomingMessage): string | null {
  return url.startsWith('/') ? url : null;
}
