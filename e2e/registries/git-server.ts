/** The real git as a server: `git http-backend` behind HTTP of this process, and `git daemon`. Both serve the bare repositories below a directory. */
import { execFileSync, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { accepts, startServer, type ServerProcess } from './server-process.ts';

export interface GitHttpServer {
  /** Address that the paths of repositories follow, with a slash at its end. */
  readonly url: string;
  /** What has been sent so far. */
  readonly sentBytes: () => number;
  readonly stop: () => Promise<void>;
}

/** Asks for user and password when one is given. */
export async function startGitHttp(
  directory: string,
  login?: { readonly user: string; readonly password: string },
): Promise<GitHttpServer> {
  let sent = 0;
  const expected = login === undefined ? null : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    if (expected !== null && request.headers.authorization !== expected) {
      request.resume();
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    answer(request, response, directory, (bytes) => (sent += bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sentBytes: () => sent,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One request to the backend, which speaks CGI. */
function answer(request: IncomingMessage, response: ServerResponse, directory: string, count: (bytes: number) => void): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const header = (name: string): string => String(request.headers[name] ?? '');
  const backend = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: header('git-protocol'),
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  request.pipe(backend.stdin);
  let head = Buffer.alloc(0);
  let isInBody = false;
  backend.stdout.on('data', (chunk: Buffer) => {
    count(chunk.length);
    if (isInBody) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    isInBody = true;
    const headers = head
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
    const status = Number.parseInt(headers.find(([name]) => name === 'status')?.[1] ?? '200', 10);
    response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== 'status')));
    response.write(head.subarray(end + 4));
  });
  backend.on('close', () => response.end());
}

/** `git://` on the host that comes back. */
export function startGitDaemon(directory: string, logFile: string): Promise<ServerProcess> {
  // Not through `git`, which would stay between us and the server.
  const program = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-daemon');
  const command = (host: string): readonly [string, ...string[]] => {
    const [address = '', port = ''] = host.split(':');
    return [program, '--reuseaddr', '--export-all', `--base-path=${directory}`, `--listen=${address}`, `--port=${port}`, directory];
  };
  return startServer(command, logFile, accepts);
}
