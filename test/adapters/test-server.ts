/** A server of the test's own process on a free loopback port, which remembers what it was asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly bytes: Buffer;
}

export interface TestServer {
  readonly server: Server;
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly asked: Asked[];
  readonly close: () => Promise<void>;
}

export type Answer = (response: ServerResponse, asked: Asked, request: IncomingMessage) => void;

export async function testServer(answer: Answer): Promise<TestServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const bytes = Buffer.concat(chunks);
      const seen = { method, url, headers, body: bytes.toString(), bytes };
      asked.push(seen);
      answer(response, seen, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}
