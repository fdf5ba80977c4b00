/** A small Kubernetes API client: one kept HTTPS connection, discovery, server-side apply. */
import { Agent, request } from 'node:https';
import type { Socket } from 'node:net';
import type { ObjectMeta } from '../../src/kube/types.ts';

export interface ApiConnection {
  /** `https://host:port`. */
  readonly server: string;
  readonly certificateAuthority: string;
  readonly token?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
  /** Whom the server takes the requests for; only for who may impersonate. */
  readonly actAs?: { readonly user: string; readonly groups: readonly string[] };
}

export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta & { readonly name: string };
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  /** What a Status says; empty for every other answer. */
  readonly message: string;
  /** Texts of the `Warning` headers. */
  readonly warnings: readonly string[];
}

export interface ApplyOptions {
  readonly fieldManager: string;
  readonly dryRun?: boolean;
  /** The object as YAML or JSON, when its text matters too. */
  readonly text?: string;
}

export class ApiClient {
  readonly connection: ApiConnection;
  requests = 0;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #sockets = new WeakSet<Socket>();
  #connections = 0;
  readonly #resources = new Map<string, ApiResource>();

  constructor(connection: ApiConnection) {
    this.connection = connection;
  }

  get connections(): number {
    return this.#connections;
  }

  close(): void {
    this.#agent.destroy();
  }

  async send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<ApiAnswer> {
    const { actAs, certificateAuthority, clientCertificate, clientKey, server, token } = this.connection;
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    this.requests += 1;
    return await new Promise((resolve, reject) => {
      const outgoing = request(new URL(path, server), {
        method,
        agent: this.#agent,
        ca: certificateAuthority,
        cert: clientCertificate,
        key: clientKey,
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(actAs === undefined ? {} : { 'impersonate-user': actAs.user, 'impersonate-group': [...actAs.groups] }),
          ...(payload === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) }),
        },
      });
      outgoing.on('socket', (socket) => {
        if (!this.#sockets.has(socket)) this.#connections += 1;
        this.#sockets.add(socket);
      });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve(answer(response.statusCode ?? 0, Buffer.concat(chunks).toString(), response.headersDistinct['warning'] ?? []));
        });
      });
      outgoing.end(payload);
    });
  }

  /** Server-side apply as the GitOps engines do it: forced, and strict about fields. */
  async apply(object: ApiObject, { dryRun, fieldManager, text }: ApplyOptions): Promise<ApiAnswer> {
    const query = new URLSearchParams({ fieldManager, force: 'true', fieldValidation: 'Strict' });
    if (dryRun) query.set('dryRun', 'All');
    const body = text ?? JSON.stringify(object);
    return await this.send('PATCH', `${await this.path(object)}?${query.toString()}`, body, 'application/apply-patch+yaml');
  }

  async create(object: ApiObject, options: { readonly dryRun?: boolean } = {}): Promise<ApiAnswer> {
    const path = await this.path(object);
    const collection = path.slice(0, path.lastIndexOf('/'));
    return await this.send('POST', `${collection}?fieldValidation=Strict${options.dryRun ? '&dryRun=All' : ''}`, object);
  }

  async get(object: ApiObject): Promise<ApiAnswer> {
    return await this.send('GET', await this.path(object));
  }

  async remove(object: ApiObject): Promise<ApiAnswer> {
    return await this.send('DELETE', `${await this.path(object)}?propagationPolicy=Background`);
  }

  /** Path of one object, by the server's own discovery. */
  async path({ apiVersion, kind, metadata }: ApiObject): Promise<string> {
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) throw new Error(`the API server does not serve ${apiVersion} ${kind}`);
    const namespace = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${rootOf(apiVersion)}${namespace}/${resource.name}/${metadata.name}`;
  }

  async serves(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.#resource(apiVersion, kind)) !== undefined;
  }

  async #resource(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const known = this.#resources.get(`${apiVersion} ${kind}`);
    if (known) return known;
    const { body, status } = await this.send('GET', rootOf(apiVersion));
    if (status !== 200) return undefined;
    for (const resource of (body as { resources: ApiResource[] }).resources) {
      if (!resource.name.includes('/')) this.#resources.set(`${apiVersion} ${resource.kind}`, resource);
    }
    return this.#resources.get(`${apiVersion} ${kind}`);
  }
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

function answer(status: number, text: string, warningHeaders: readonly string[]): ApiAnswer {
  let body: unknown = text;
  let message = '';
  try {
    body = JSON.parse(text);
  } catch {
    message = text; // health checks answer plain text
  }
  if (isStatus(body)) message = body.message;
  // `299 - "text"`, with quotes in the text escaped: only the text is of interest.
  const warnings = warningHeaders.map((header) => header.replace(/^\d+ \S+ "(.*)"$/, '$1').replaceAll('\\"', '"'));
  return { status, body, message, warnings };
}

function isStatus(body: unknown): body is { readonly message: string } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'kind' in body &&
    body.kind === 'Status' &&
    'message' in body &&
    typeof body.message === 'string'
  );
}
