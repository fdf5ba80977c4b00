/** The client half of RFC 6455, as much as text messages need. Node's own WebSocket can choose neither headers nor the local address. */
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { requestOn, type Route } from './route.ts';

export interface WebSocketEvents {
  readonly onMessage: (text: string) => void;
  readonly onClose: (reason: string) => void;
}

export interface OpenWebSocket {
  send: (text: string) => void;
  close: () => void;
}

/** The server answered the upgrade with something else. */
export class UpgradeRefused extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    super(`HTTP ${status} ${body}`);
    this.status = status;
  }
}

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export function openWebSocket(
  route: Route,
  headers: Readonly<Record<string, string>>,
  events: WebSocketEvents,
  path = '/',
): Promise<OpenWebSocket> {
  return new Promise((resolve, reject) => {
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    };
    const sent = requestOn(route, { path, headers: { Host: 'localhost:18789', ...upgrade, ...headers }, timeout: 30_000 });
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('no answer to the upgrade in 30 s')));
    sent.on('response', (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => reject(new UpgradeRefused(answer.statusCode ?? 0, body)));
    });
    sent.on('upgrade', (_answer, socket, head) => {
      socket.setTimeout(0);
      readFrames(socket, head, events);
      resolve({
        send: (text) => void socket.write(frame(TEXT, Buffer.from(text))),
        close: () => {
          if (!socket.destroyed) socket.end(frame(CLOSE, Buffer.from([0x03, 0xe8])));
        },
      });
    });
    sent.end();
  });
}

function readFrames(socket: Socket, head: Buffer, events: WebSocketEvents): void {
  let buffered: Buffer = head;
  let message: Buffer[] = [];
  let closeReason = 'connection lost';
  const take = (): void => {
    for (let next = parseFrame(buffered); next !== null; next = parseFrame(buffered)) {
      buffered = buffered.subarray(next.length);
      if (next.opcode === PING) socket.write(frame(PONG, next.payload));
      else if (next.opcode === CLOSE) {
        closeReason =
          next.payload.length < 2 ? 'closed' : `closed with ${next.payload.readUInt16BE(0)} ${next.payload.subarray(2).toString()}`;
        socket.end(frame(CLOSE, next.payload.subarray(0, 2)));
      } else if (next.opcode < CLOSE) {
        message.push(next.payload);
        if (next.isFinal) {
          const text = Buffer.concat(message).toString();
          message = [];
          events.onMessage(text);
        }
      }
    }
  };
  socket.on('data', (piece: Buffer) => {
    buffered = buffered.length === 0 ? piece : Buffer.concat([buffered, piece]);
    take();
  });
  socket.on('error', (error) => (closeReason = error.message));
  socket.on('close', () => events.onClose(closeReason));
  take();
}

interface Frame {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly payload: Buffer;
  /** Bytes of the whole frame. */
  readonly length: number;
}

/** The first frame in `bytes`, null when it is not whole yet. A server's frames are not masked. */
function parseFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const [first = 0, second = 0] = bytes;
  let size = second & 0x7f;
  let start = 2;
  if (size === 126) {
    if (bytes.length < 4) return null;
    size = bytes.readUInt16BE(2);
    start = 4;
  } else if (size === 127) {
    if (bytes.length < 10) return null;
    size = Number(bytes.readBigUInt64BE(2));
    start = 10;
  }
  if (bytes.length < start + size) return null;
  return { opcode: first & 0x0f, isFinal: (first & 0x80) !== 0, payload: bytes.subarray(start, start + size), length: start + size };
}

/** One masked frame, as a client must send it. */
function frame(opcode: number, payload: Buffer): Buffer {
  const size = payload.length;
  const header = Buffer.alloc(size < 126 ? 2 : size < 65536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  if (size < 126) {
    header[1] = 0x80 | size;
  } else if (size < 65536) {
    header[1] = 0x80 | 126;
    header.writeUInt16BE(size, 2);
  } else {
    header[1] = 0x80 | 127;
    header.writeBigUInt64BE(BigInt(size), 2);
  }
  const mask = randomBytes(4);
  const masked = Buffer.alloc(size);
  for (let index = 0; index < size; index += 1) masked[index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
  return Buffer.concat([header, mask, masked]);
}
