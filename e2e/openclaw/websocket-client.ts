/** A client of the gateway's own protocol: a device with an ed25519 key that signs the gateway's challenge. */
import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { Route } from './route.ts';
import { openWebSocket, UpgradeRefused, type OpenWebSocket } from './websocket.ts';

export interface Device {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export function newDevice(): Device {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { id: createHash('sha256').update(raw).digest('hex'), publicKey: raw.toString('base64url'), privateKey };
}

export interface Credentials {
  /** Null for a client that has none. */
  readonly token: string | null;
  readonly device: Device;
  /** The Control UI in a browser sends an Origin, the command line does not. */
  readonly client?: 'cli' | 'openclaw-control-ui';
  /** Of the page that the browser has loaded: from 2026.8 on the gateway turns another one's away. */
  readonly buildId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface GatewayClient {
  /** Scopes that the gateway granted. */
  readonly scopes: readonly string[];
  request: (method: string, params: object, timeoutMilliseconds?: number) => Promise<unknown>;
  close: () => void;
}

/** The gateway said no; `code` is its own word for why, e.g. `PAIRING_REQUIRED`. */
export class GatewayRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

interface Message {
  readonly type: 'event' | 'res';
  readonly id?: string;
  readonly event?: string;
  readonly ok?: boolean;
  readonly payload?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly details?: { readonly code?: string } };
}

interface Waiting {
  readonly resolve: (payload: unknown) => void;
  readonly reject: (error: Error) => void;
}

const ROLE = 'operator';
const SCOPES = ['operator.admin', 'operator.read', 'operator.write', 'operator.pairing', 'operator.approvals'];
const PLATFORM = 'linux';

/** Connects and signs in; a refusal, at whatever stage, is a `GatewayRefusal`. */
export async function connectGateway(route: Route, credentials: Credentials): Promise<GatewayClient> {
  const waiting = new Map<string, Waiting>();
  let challenge: Waiting | null = null;
  let closed: Error | null = null;
  const challenged = new Promise<unknown>((resolve, reject) => (challenge = { resolve, reject }));
  const onMessage = (text: string): void => {
    const message = JSON.parse(text) as Message;
    if (message.event === 'connect.challenge') challenge?.resolve(message.payload);
    if (message.type !== 'res') return;
    const waiter = waiting.get(message.id ?? '');
    waiting.delete(message.id ?? '');
    if (message.ok) waiter?.resolve(message.payload);
    else
      waiter?.reject(new GatewayRefusal(message.error?.details?.code ?? message.error?.code ?? 'UNKNOWN', message.error?.message ?? text));
  };
  const onClose = (reason: string): void => {
    closed = new GatewayRefusal('CLOSED', reason);
    challenge?.reject(closed);
    for (const waiter of waiting.values()) waiter.reject(closed);
  };
  let socket: OpenWebSocket;
  try {
    socket = await openWebSocket(route, credentials.headers ?? {}, { onMessage, onClose });
  } catch (error) {
    if (error instanceof UpgradeRefused) throw new GatewayRefusal(`HTTP_${error.status}`, error.message);
    throw error;
  }
  const request = (method: string, params: object, timeoutMilliseconds = 30_000): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(closed);
      const id = randomUUID();
      const timer = setTimeout(() => reject(new Error(`${method}: no answer in ${timeoutMilliseconds / 1000} s`)), timeoutMilliseconds);
      const settle =
        <Value>(how: (value: Value) => void) =>
        (value: Value): void => {
          clearTimeout(timer);
          how(value);
        };
      waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      socket.send(JSON.stringify({ type: 'req', id, method, params }));
    });
  try {
    const { nonce, ts } = (await challenged) as { nonce: string; ts: number };
    const hello = (await request('connect', connectParameters(credentials, nonce, ts))) as { auth?: { scopes?: string[] } };
    return { scopes: hello.auth?.scopes ?? [], request, close: () => socket.close() };
  } catch (error) {
    socket.close();
    throw error;
  }
}

function connectParameters({ token, device, client = 'cli', buildId }: Credentials, nonce: string, signedAt: number): object {
  const mode = client === 'cli' ? 'cli' : 'webchat';
  const signed = ['v3', device.id, client, mode, ROLE, SCOPES.join(','), signedAt, token ?? '', nonce, PLATFORM, ''].join('|');
  const signature = sign(null, Buffer.from(signed), device.privateKey).toString('base64url');
  return {
    minProtocol: 4,
    maxProtocol: 4,
    client: { id: client, version: 'e2e', platform: PLATFORM, mode, ...(buildId !== undefined && { buildId }) },
    role: ROLE,
    scopes: SCOPES,
    ...(token === null ? {} : { auth: { token } }),
    device: { id: device.id, publicKey: device.publicKey, signature, signedAt, nonce },
  };
}
