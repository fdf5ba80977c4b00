/** A registry in the test's own process that takes blobs in one piece and manifests, and the faults that no real one shows at will. */
import type { ServerResponse } from 'node:http';
import { testServer, type Asked, type TestServer } from '../test-server.ts';
import { ALICE, MANIFEST, sha256 } from './fake-registry.ts';

export interface WritableRegistry extends TestServer {
  /** `repository:tag` -> bytes of the manifest. */
  readonly manifests: Map<string, Buffer>;
  /** `repository@digest` -> bytes. */
  readonly blobs: Map<string, Buffer>;
  /** What was sent to it, such as `PUT manifests/1`. */
  readonly writes: () => string[];
}

export interface WritableSettings {
  /** `bearer` gives alice tokens for what she asks; the challenge names reading only, whatever was asked. */
  readonly auth?: 'basic' | 'bearer';
  /** Another server that takes the bytes. */
  readonly uploadsAt?: () => string;
  /** Runs first; true when it has answered. */
  readonly first?: (response: ServerResponse, asked: Asked) => boolean;
}

export async function writableRegistry({ auth, uploadsAt, first }: WritableSettings = {}): Promise<WritableRegistry> {
  const manifests: WritableRegistry['manifests'] = new Map();
  const blobs: WritableRegistry['blobs'] = new Map();
  const sessions = new Set<string>();
  const server = await testServer((response, asked) => {
    if (first?.(response, asked) === true) return;
    const { pathname, searchParams } = new URL(asked.url, 'http://registry');
    if (pathname === '/token') {
      const isAlice = asked.headers.authorization === ALICE;
      response.writeHead(isAlice ? 200 : 401).end(JSON.stringify({ token: `for|${searchParams.get('scope')}` }));
      return;
    }
    const [, repository = '', kind = '', name = ''] = /^\/v2\/(.+?)\/(manifests|blobs\/uploads|blobs)\/([^/]*)$/.exec(pathname) ?? [];
    if (!isLetIn(response, asked, repository)) return;
    if (kind === 'manifests') manifest(response, asked, `${repository}:${name}`);
    else if (kind === 'blobs') found(response, blobs.get(`${repository}@${name}`), 'application/octet-stream');
    else if (asked.method === 'POST') {
      const session = `session-${sessions.size}`;
      sessions.add(session);
      // As many registries do: relative, with a state of their own.
      response.writeHead(202, { location: `${uploadsAt?.() ?? ''}/v2/${repository}/blobs/uploads/${session}?state=a%2Fb` }).end();
    } else upload(response, asked, { repository, session: name, query: searchParams });
  });
  const writes = (): string[] =>
    server.asked
      .filter(({ method }) => method === 'PUT' || method === 'POST')
      .map(({ method, url }) => `${method} ${url.replace(/^\/v2\/.+?\/(?=manifests|blobs)/, '').replace(/\?.*/, '')}`);
  return { ...server, manifests, blobs, writes };

  function manifest(response: ServerResponse, { method, bytes }: Asked, key: string): void {
    if (method !== 'PUT') {
      found(response, manifests.get(key), MANIFEST);
      return;
    }
    manifests.set(key, bytes);
    response.writeHead(201, { 'docker-content-digest': sha256(bytes) }).end();
  }

  function upload(
    response: ServerResponse,
    { bytes, headers }: Asked,
    { repository, session, query }: { repository: string; session: string; query: URLSearchParams },
  ): void {
    const isSound = sha256(bytes) === query.get('digest') && headers['content-length'] === String(bytes.length);
    if (!sessions.has(session) || query.get('state') !== 'a/b') response.writeHead(404).end('{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN"}]}');
    else if (!isSound) response.writeHead(400).end('{"errors":[{"code":"DIGEST_INVALID"}]}');
    else {
      blobs.set(`${repository}@${sha256(bytes)}`, bytes);
      response.writeHead(201).end();
    }
  }

  function isLetIn(response: ServerResponse, { method, headers: { authorization, host } }: Asked, repository: string): boolean {
    const scopes = method === 'GET' || method === 'HEAD' ? ['pull', 'pull,push'] : ['pull,push'];
    const isWelcome =
      auth === 'basic' ? authorization === ALICE : scopes.some((scope) => authorization === `Bearer for|repository:${repository}:${scope}`);
    if (auth === undefined || isWelcome) return true;
    const bearer = `Bearer realm="http://${host}/token",service="fake",scope="repository:${repository}:pull"`;
    response
      .writeHead(401, { 'www-authenticate': auth === 'basic' ? 'Basic realm="fake"' : bearer })
      .end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    return false;
  }
}

function found(response: ServerResponse, bytes: Buffer | undefined, type: string): void {
  if (bytes === undefined) response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}');
  else response.writeHead(200, { 'content-type': type, 'docker-content-digest': sha256(bytes) }).end(bytes);
}
