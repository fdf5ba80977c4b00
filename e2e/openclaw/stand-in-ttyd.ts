#!/usr/bin/env node
/**
 * Program: stands in for ttyd, which Debian 12 does not have. It takes the arguments that we render,
 * asks for the login as ttyd does, and speaks its WebSocket protocol with a shell on pipes instead of a terminal.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    interface: { type: 'string' },
    port: { type: 'string' },
    'check-origin': { type: 'boolean', default: false },
    writable: { type: 'boolean', default: false },
    credential: { type: 'string' },
  },
});
const [command = ''] = positionals;
const { interface: host, port, credential } = values;
if (command === '' || host === undefined || port === undefined) process.exit(2);

const token = credential === undefined ? '' : Buffer.from(credential).toString('base64');

function isSignedIn({ headers }: IncomingMessage): boolean {
  return credential === undefined || headers.authorization === `Basic ${token}`;
}

function isForeign({ headers: { host: ownHost, origin } }: IncomingMessage): boolean {
  return values['check-origin'] && origin !== undefined && new URL(origin).host !== ownHost;
}

const server = createServer((request, response) => {
  if (!isSignedIn(request)) {
    response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="ttyd"' }).end();
    return;
  }
  response.end(request.url === '/token' ? JSON.stringify({ token }) : '<title>ttyd</title>');
});

server.on('upgrade', (request, socket) => {
  if (!isSignedIn(request) || isForeign(request) || request.url !== '/ws') {
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  serve(socket);
});

function serve(socket: Duplex): void {
  const shell = spawn(command, [], { stdio: 'pipe' });
  let isOpen = false;
  let buffered = Buffer.alloc(0);
  for (const output of [shell.stdout, shell.stderr]) output.on('data', (chunk: Buffer) => send(socket, `0${chunk.toString()}`));
  shell.on('exit', () => socket.end());
  socket.on('close', () => shell.kill());
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (let message = takeMessage(); message !== null; message = takeMessage()) {
      // The first message opens the session and repeats the login.
      if (!isOpen) {
        isOpen = (JSON.parse(message) as { AuthToken?: string }).AuthToken === token;
        if (!isOpen) socket.end();
      } else if (message.startsWith('0') && values.writable) shell.stdin.write(message.slice(1));
    }
  });

  /** The next masked text message of less than 126 bytes, which is all that the check sends. */
  function takeMessage(): string | null {
    const size = (buffered[1] ?? 0) & 0x7f;
    if (buffered.length < 6 + size) return null;
    const mask = buffered.subarray(2, 6);
    const text = Buffer.from(buffered.subarray(6, 6 + size).map((byte, index) => byte ^ (mask[index % 4] ?? 0))).toString();
    buffered = buffered.subarray(6 + size);
    return text;
  }
}

function send(socket: Duplex, text: string): void {
  const payload = Buffer.from(text);
  const header = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  socket.write(Buffer.concat([header, payload]));
}

process.on('SIGTERM', () => process.exit(0));
server.listen(Number(port), host);
