/** A small API server: one kind, real TLS, and of server-side apply what filling a Secret depends on. */
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ApiServer } from '../../../src/pod/api-server.ts';
import { scratch } from './volume.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

export interface StoredSecret {
  immutable?: boolean;
  resourceVersion: number;
  labels: Record<string, string>;
  data: Record<string, string>;
  /** Manager by data key; several may own one key. */
  owners: Record<string, string[]>;
}

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface FakeApiServer {
  readonly connection: ApiServer;
  readonly secrets: Map<string, StoredSecret>;
  readonly requests: SeenRequest[];
  /** Answers given instead of the real ones, first to last; `reset` breaks the connection. */
  readonly instead: (Canned | 'reset')[];
  /** Called between a request's arrival and its answer. */
  onRequest: (request: SeenRequest) => void | Promise<void>;
  readonly tokens: Set<string>;
}

export interface Canned {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

export function storedSecret(parts: Partial<StoredSecret> = {}): StoredSecret {
  return { resourceVersion: 1, labels: { app: 'openclaw' }, data: {}, owners: {}, ...parts };
}

const sharedCertificate = selfSignedCertificate();

export async function fakeApiServer(t: TestContext, certificate = sharedCertificate): Promise<FakeApiServer> {
  const directory = await scratch(t);
  const caFile = join(directory, 'ca.crt');
  const tokenFile = join(directory, 'token');
  writeFileSync(caFile, certificate.cert);
  writeFileSync(tokenFile, 'token-1\n');
  const server = createServer(certificate, (request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const fake: FakeApiServer = {
    connection: { host: '127.0.0.1', port: (server.address() as AddressInfo).port, tokenFile, caFile },
    secrets: new Map(),
    requests: [],
    instead: [],
    onRequest: () => {},
    tokens: new Set(['token-1']),
  };
  return fake;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    fake.requests.push(seen);
    await fake.onRequest(seen);
    const canned = fake.instead.shift();
    if (canned === 'reset') return void request.socket.destroy();
    const { status, body: sent, headers = {} } = canned ?? handle(fake, seen);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(sent ?? failure(status, 'Unknown')));
  }
}

export function failure(code: number, reason: string, details?: unknown): unknown {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'a message that repeats s3cret-value', reason, code, details };
}

function handle(fake: FakeApiServer, request: SeenRequest): Canned {
  if (!fake.tokens.has(String(request.headers.authorization).replace('Bearer ', '')))
    return { status: 401, body: failure(401, 'Unauthorized') };
  const url = new URL(request.url, 'https://kubernetes');
  const [, namespace, name] = /^\/api\/v1\/namespaces\/([^/]+)\/secrets\/([^/]+)$/.exec(url.pathname) ?? [];
  const secret = fake.secrets.get(`${namespace}/${name}`);
  if (request.method === 'GET')
    return secret === undefined ? { status: 404, body: failure(404, 'NotFound') } : { status: 200, body: shown(name, secret) };
  if (request.method !== 'PATCH' || request.headers['content-type'] !== 'application/apply-patch+yaml')
    return { status: 415, body: failure(415, 'UnsupportedMediaType') };
  const manager = url.searchParams.get('fieldManager') ?? '';
  const applied = JSON.parse(request.body) as {
    kind: string;
    metadata: { name: string; namespace: string; resourceVersion: string };
    data: Record<string, string>;
  };
  if (manager === '' || applied.metadata.name !== name || applied.metadata.namespace !== namespace)
    return { status: 400, body: failure(400, 'BadRequest') };
  if (secret === undefined || String(secret.resourceVersion) !== applied.metadata.resourceVersion)
    return { status: 409, body: failure(409, 'Conflict') };
  return apply(name, secret, applied.data, manager, url.searchParams.get('force') === 'true');
}

/** Keys that the manager owned and now leaves out go, unless another owns them too; another's different value is a conflict. */
function apply(name: string | undefined, secret: StoredSecret, data: Record<string, string>, manager: string, force: boolean): Canned {
  const causes = Object.entries(data)
    .flatMap(([key, value]) => (secret.data[key] === value ? [] : (secret.owners[key] ?? []).map((owner) => ({ key, owner }))))
    .filter(({ owner }) => owner !== manager)
    .map(({ key, owner }) => ({ reason: 'FieldManagerConflict', message: `conflict with "${owner}" using v1`, field: `.data.${key}` }));
  if (causes.length > 0 && !force) return { status: 409, body: failure(409, 'Conflict', { causes }) };
  if (secret.immutable === true) return { status: 422, body: failure(422, 'Invalid') };
  for (const key of Object.keys(secret.owners)) {
    if (key in data || !secret.owners[key]?.includes(manager)) continue;
    secret.owners[key] = secret.owners[key].filter((owner) => owner !== manager);
    if (secret.owners[key].length === 0) delete secret.data[key];
  }
  for (const [key, value] of Object.entries(data)) {
    secret.data[key] = value;
    secret.owners[key] = [...new Set([...(secret.owners[key] ?? []), manager])];
  }
  secret.resourceVersion += 1;
  return { status: 200, body: shown(name, secret) };
}

function shown(name: string | undefined, { data, immutable, labels, owners, resourceVersion }: StoredSecret): unknown {
  const managers = [...new Set(Object.values(owners).flat())];
  const managedFields = managers.map((manager) => ({
    manager,
    operation: manager === 'kubectl-edit' ? 'Update' : 'Apply',
    apiVersion: 'v1',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:data': Object.fromEntries(
        Object.keys(owners)
          .filter((key) => owners[key]?.includes(manager))
          .map((key) => [`f:${key}`, {}]),
      ),
    },
  }));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, resourceVersion: String(resourceVersion), labels, managedFields },
    ...(immutable === undefined ? {} : { immutable }),
    type: 'Opaque',
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}
