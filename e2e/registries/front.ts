/** A server of this process in front of a registry: it counts requests, turns some away, and may speak TLS. */
import { createServer, request as send, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Front {
  readonly host: string;
  readonly port: number;
  /** `method path` of everything that came, and the status that it got. */
  readonly seen: { readonly method: string; readonly url: string; readonly status: number; readonly isSignedIn: boolean }[];
  readonly stop: () => Promise<void>;
}

export interface FrontSettings {
  /** Answers itself, and then returns true. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly tls?: { readonly key: string; readonly cert: string };
}

export async function startFront(behind: string, { instead, tls }: FrontSettings = {}): Promise<Front> {
  const seen: Front['seen'] = [];
  const [hostname, port] = behind.split(':');
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    response.on('finish', () => seen.push({ method, url, status: response.statusCode, isSignedIn: headers.authorization !== undefined }));
    if (instead?.(request, response) === true) return;
    const passed = send({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { host: `127.0.0.1:${own}`, port: own, seen, stop };
}

/** Lets so many requests through in each second, and asks the others to come back after one. */
export function rateLimit(perSecond: number): NonNullable<FrontSettings['instead']> {
  const times: number[] = [];
  return (_request, response) => {
    const now = performance.now();
    while (times.length > 0 && now - times[0]! > 1000) times.shift();
    if (times.length < perSecond) {
      times.push(now);
      return false;
    }
    response.writeHead(429, { 'retry-after': '1' }).end('{"errors":[{"code":"TOOMANYREQUESTS"}]}');
    return true;
  };
}
