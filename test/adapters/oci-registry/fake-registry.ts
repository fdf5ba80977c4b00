/** A registry in the test's own process, with the ways of real ones to sign in and to list tags. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { testServer, type Asked, type TestServer } from '../test-server.ts';

export interface FakeRegistry extends TestServer {
  /** `repository:tag`, `repository@digest` and `repository/blobs/digest` -> what is there. */
  readonly content: Map<string, Stored>;
  readonly tags: Map<string, readonly string[]>;
  /** Stores a manifest under a tag and its digest, which is returned. */
  readonly push: (repository: string, tag: string, content: object, type?: string) => string;
  readonly pushBlob: (repository: string, content: object) => string;
}

interface Stored {
  readonly type: string;
  readonly bytes: Buffer;
  /** The digest that is stated: that of the bytes unless it is given, none for null. */
  readonly digest?: string | null;
}

export interface FakeSettings {
  /** `basic` and `bearer` want alice with the password wonderland; `public` gives tokens to everyone. */
  readonly auth?: 'basic' | 'bearer' | 'public';
  /** How tags are listed: in pages with a link, cut to a page without one, all at once, or one page for ever. */
  readonly lists?: 'linked' | 'cut' | 'whole' | 'for-ever';
  /** Runs first; true when it has answered. */
  readonly first?: (response: ServerResponse, asked: Asked) => boolean;
  readonly hasReferrersApi?: boolean;
}

const INDEX = 'application/vnd.oci.image.index.v1+json';
export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const ALICE = `Basic ${Buffer.from('alice:wonderland').toString('base64')}`;

export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

export async function fakeRegistry(settings: FakeSettings = {}): Promise<FakeRegistry> {
  const { auth, lists = 'linked', first, hasReferrersApi = false } = settings;
  const content: FakeRegistry['content'] = new Map();
  const tags: FakeRegistry['tags'] = new Map();
  const server = await testServer((response, asked) => {
    if (first?.(response, asked) === true) return;
    const { pathname, searchParams } = new URL(asked.url, 'http://registry');
    if (pathname === '/token') return giveToken(response, asked, searchParams);
    if (!isLetIn(response, asked, pathname)) return;
    const [, repository = '', kind = '', name = ''] = /^\/v2\/(.+)\/(manifests|tags|blobs|referrers)\/([^/]+)$/.exec(pathname) ?? [];
    if (kind === 'tags') return listTags(response, repository, searchParams, pathname);
    const key = kind === 'blobs' ? `${repository}/blobs/${name}` : `${repository}${name.startsWith('sha256:') ? '@' : ':'}${name}`;
    const found = kind === 'referrers' ? referrers(repository, name) : content.get(key);
    if (found === undefined) return refuse(response, 404, kind === 'blobs' ? 'BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN');
    const digest = found.digest === undefined ? sha256(found.bytes) : found.digest;
    response
      .writeHead(200, { 'content-type': found.type, ...(digest === null ? {} : { 'docker-content-digest': digest }) })
      .end(found.bytes);
  });
  return { ...server, content, tags, push, pushBlob };

  function push(repository: string, tag: string, manifest: object, type = 'manifests' in manifest ? INDEX : MANIFEST): string {
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: type, ...manifest }));
    const digest = sha256(bytes);
    content.set(`${repository}:${tag}`, { type, bytes });
    content.set(`${repository}@${digest}`, { type, bytes });
    return digest;
  }

  function pushBlob(repository: string, blob: object): string {
    const bytes = Buffer.from(JSON.stringify(blob));
    content.set(`${repository}/blobs/${sha256(bytes)}`, { type: 'application/octet-stream', bytes });
    return sha256(bytes);
  }

  function referrers(repository: string, digest: string): Stored | undefined {
    if (!hasReferrersApi) return undefined;
    return (
      content.get(`${repository}:${digest.replace(':', '-')}`) ?? { type: INDEX, bytes: Buffer.from('{"schemaVersion":2,"manifests":[]}') }
    );
  }

  function giveToken(response: ServerResponse, { headers, body, method }: Asked, query: URLSearchParams): void {
    const form = new URLSearchParams(body);
    const isAlice = headers.authorization === ALICE || (method === 'POST' && form.get('refresh_token') === 'identity-of-alice');
    const who = isAlice ? 'alice' : headers.authorization === undefined && method === 'GET' ? 'anonymous' : null;
    if (who === null) return refuse(response, 401, 'UNAUTHORIZED');
    const scope = query.get('scope') ?? form.get('scope') ?? '';
    response.end(JSON.stringify({ [isAlice ? 'access_token' : 'token']: `${who}|${scope}`, expires_in: 300 }));
  }

  function isLetIn(response: ServerResponse, { headers }: Asked, pathname: string): boolean {
    if (auth === undefined) return true;
    const [, repository = ''] = /^\/v2\/(.+?)\/(?:manifests|tags|blobs|referrers)\//.exec(pathname) ?? [];
    const scope = `repository:${repository}:pull`;
    const allowed = auth === 'basic' ? [ALICE] : [`Bearer alice|${scope}`, ...(auth === 'public' ? [`Bearer anonymous|${scope}`] : [])];
    if (allowed.includes(headers.authorization ?? '')) return true;
    const { host } = headers;
    const bearer = `Bearer realm="http://${host}/token",service="fake, \\"registry\\"",scope="${scope}"`;
    response.setHeader('www-authenticate', auth === 'basic' ? 'Basic realm="fake"' : bearer);
    refuse(response, 401, 'UNAUTHORIZED');
    return false;
  }

  function listTags(response: ServerResponse, repository: string, query: URLSearchParams, pathname: string): void {
    const all = tags.get(repository);
    if (all === undefined) return refuse(response, 404, 'NAME_UNKNOWN');
    const size = Number(query.get('n') ?? all.length);
    const from = lists === 'whole' || lists === 'for-ever' ? 0 : all.indexOf(query.get('last') ?? '') + 1;
    const page = lists === 'whole' ? all : all.slice(from, from + size);
    const hasMore = lists === 'for-ever' || (lists === 'linked' && from + size < all.length);
    // Another host, as a registry behind a proxy may say it: nobody may go there with a token.
    if (hasMore) response.setHeader('link', `<https://elsewhere.invalid${pathname}?last=${page.at(-1)}&n=${size}>; rel="next"`);
    response.end(JSON.stringify({ name: repository, tags: page }));
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(JSON.stringify({ errors: [{ code, message: 'never repeated: hunter2' }] }));
}
