/**
 * A Kubernetes API server, reached as a kubeconfig or a pod's ServiceAccount says. The package finds the credentials that it names
 * (files, commands, proxies); requests are our own, since its typed client drops the fields that it does not know.
 */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type Agent, type RequestOptions } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts';
import { kubeConfig, type ClusterSettings } from './kubeconfig.ts';
import { RemoteError } from './remote-error.ts';

export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name?: string; readonly namespace?: string };
}

export interface Removal {
  readonly uid: string;
  readonly resourceVersion?: string;
  readonly propagation: 'Background' | 'Orphan';
}

export interface JsonPatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: unknown;
}

/** All methods throw a `RemoteError` for what the server refuses; 409 means that somebody else was faster. */
export interface Cluster {
  /** What people call it. */
  readonly context: string;
  /** Asks again for so long as nobody knows the kind: a server serves it some moments after its definition is there. */
  readonly serves: (apiVersion: string, kind: string, patienceMilliseconds?: number) => Promise<boolean>;
  /** Null when there is none. */
  readonly get: (reference: ObjectReference) => Promise<JsonObject | null>;
  /** In one namespace, or in all; with their apiVersion and kind. */
  readonly list: (apiVersion: string, kind: string, namespace: string | null) => Promise<readonly JsonObject[]>;
  readonly create: (object: ObjectReference, fieldManager: string) => Promise<JsonObject>;
  readonly replace: (object: ObjectReference, fieldManager: string) => Promise<JsonObject>;
  readonly patch: (reference: ObjectReference, operations: readonly JsonPatchOperation[], fieldManager: string) => Promise<JsonObject>;
  /** Server-side apply. */
  readonly apply: (object: ObjectReference, options: { readonly fieldManager: string; readonly force?: boolean }) => Promise<JsonObject>;
  readonly remove: (reference: ObjectReference, removal: Removal) => Promise<void>;
  /** The same cluster, of which nothing changes: every write is a dry run, with all that the server checks of it. */
  readonly rehearsing: Cluster;
  readonly close: () => void;
}

interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: Json;
}

const LONGEST_WAIT_MILLISECONDS = 60_000;
const BETWEEN_LOOKS_MILLISECONDS = 250;
const PAGE_SIZE = '500';

/** Finds the configuration; nothing is asked of the cluster yet. */
export function cluster(settings: ClusterSettings): Cluster {
  const config = kubeConfig(settings);
  const context = config.getCurrentContext();
  const server = config.getCurrentCluster()!.server.replace(/\/+$/, '');
  const service = `the cluster of context "${context}"`;
  const resources = new Map<string, Promise<ReadonlyMap<string, Resource>>>();
  let agent: Agent | undefined;

  return access(false);

  function access(rehearses: boolean): Cluster {
    const always: Readonly<Record<string, string>> = rehearses ? { dryRun: 'All' } : {};
    return {
      context,
      serves,
      get: async (reference) => {
        const answer = await send('GET', await objectPath(reference));
        return answer.status === 404 ? null : object(answer, 'get', reference);
      },
      list,
      create: async (reference, fieldManager) => {
        const path = `${await collectionPath(reference)}?${query({ fieldManager, ...always })}`;
        return object(await send('POST', path, reference), 'create', reference);
      },
      replace: async (reference, fieldManager) => {
        const path = `${await objectPath(reference)}?${query({ fieldManager, ...always })}`;
        return object(await send('PUT', path, reference), 'replace', reference);
      },
      patch: async (reference, operations, fieldManager) => {
        const path = `${await objectPath(reference)}?${query({ fieldManager, ...always })}`;
        return object(await send('PATCH', path, operations, 'application/json-patch+json'), 'patch', reference);
      },
      apply: async (reference, { fieldManager, force = false }) => {
        const path = `${await objectPath(reference)}?${query({ fieldManager, force: String(force), fieldValidation: 'Strict', ...always })}`;
        return object(await send('PATCH', path, reference, 'application/apply-patch+yaml'), 'apply', reference);
      },
      remove: async (reference, { propagation, ...preconditions }) => {
        // With a body, the server reads nothing of these from the query.
        const dryRun = rehearses ? { dryRun: ['All'] } : {};
        const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: propagation, preconditions, ...dryRun };
        const answer = await send('DELETE', await objectPath(reference), body);
        if (answer.status !== 404) object(answer, 'delete', reference);
      },
      close: () => agent?.destroy(),
      get rehearsing() {
        return access(true);
      },
    };
  }

  async function list(apiVersion: string, kind: string, namespace: string | null): Promise<readonly JsonObject[]> {
    const items: JsonObject[] = [];
    const path = await collectionPath({ apiVersion, kind, metadata: namespace === null ? {} : { namespace } }, namespace === null);
    let next = '';
    do {
      const answer = await send('GET', `${path}?${query({ limit: PAGE_SIZE, ...(next === '' ? {} : { continue: next }) })}`);
      const page = object(answer, 'list', { apiVersion, kind, metadata: {} });
      // Items of a list tell neither.
      for (const item of (page['items'] ?? []) as readonly JsonObject[]) items.push({ ...item, apiVersion, kind });
      const metadata = page['metadata'];
      next = isJsonObject(metadata) && typeof metadata['continue'] === 'string' ? metadata['continue'] : '';
    } while (next !== '');
    return items;
  }

  async function serves(apiVersion: string, kind: string, patienceMilliseconds = 0): Promise<boolean> {
    for (const end = performance.now() + patienceMilliseconds; ; resources.delete(apiVersion)) {
      if ((await resourcesOf(apiVersion)).has(kind)) return true;
      if (performance.now() >= end) return false;
      await sleep(BETWEEN_LOOKS_MILLISECONDS);
    }
  }

  async function resourcesOf(apiVersion: string): Promise<ReadonlyMap<string, Resource>> {
    const known = resources.get(apiVersion) ?? discovered(apiVersion);
    resources.set(apiVersion, known);
    return known;
  }

  async function discovered(apiVersion: string): Promise<ReadonlyMap<string, Resource>> {
    const answer = await send('GET', rootOf(apiVersion));
    if (answer.status === 404) return new Map();
    const { resources: listed = [] } = object(answer, 'discover', null) as {
      readonly resources?: readonly (Resource & { kind: string })[];
    };
    return new Map(listed.filter(({ name }) => !name.includes('/')).map(({ kind, name, namespaced }) => [kind, { name, namespaced }]));
  }

  async function collectionPath({ apiVersion, kind, metadata }: ObjectReference, ofAll = false): Promise<string> {
    const resource = (await resourcesOf(apiVersion)).get(kind);
    if (resource === undefined) throw new RemoteError(service, `does not serve ${kind} of ${apiVersion}`, false, 404);
    const namespace = resource.namespaced && !ofAll ? `/namespaces/${encodeURIComponent(metadata.namespace ?? 'default')}` : '';
    return `${rootOf(apiVersion)}${namespace}/${resource.name}`;
  }

  async function objectPath(reference: ObjectReference): Promise<string> {
    return `${await collectionPath(reference)}/${encodeURIComponent(reference.metadata.name ?? '')}`;
  }

  /** The body of an answer that is none of an error. */
  function object({ status, body }: Answer, verb: string, reference: ObjectReference | null): JsonObject {
    if (status >= 200 && status < 300 && isJsonObject(body)) return body;
    const what =
      reference === null ? '' : ` ${reference.kind}${reference.metadata.name === undefined ? '' : `/${reference.metadata.name}`}`;
    // A refusal repeats what it does not like.
    const says =
      isJsonObject(body) && typeof body['message'] === 'string' && reference?.kind !== 'Secret' ? `: ${oneLine(body['message'])}` : '';
    throw new RemoteError(service, `answers ${status} to "${verb}${what}"${says}`, status === 429 || status >= 500, status);
  }

  async function send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const url = new URL(`${server}${path}`);
    const options: RequestOptions = {};
    try {
      await config.applyToHTTPSOptions(options);
    } catch (error) {
      throw credentialError(service, config, error);
    }
    agent = Object.assign(options.agent as Agent, { keepAlive: true });
    const headers = {
      ...(options.headers as Record<string, string> | undefined),
      accept: 'application/json',
      'user-agent': 'openclaw-gitops',
      ...(payload === undefined ? {} : { 'content-type': contentType, 'content-length': String(Buffer.byteLength(payload)) }),
    };
    return new Promise((resolve, reject) => {
      const outgoing = (url.protocol === 'http:' ? httpRequest : httpsRequest)(
        url,
        { ...options, method, headers, signal: AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS) },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', (error) => reject(unreachable(service, error)));
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, body: jsonOf(Buffer.concat(chunks).toString('utf8')) });
          });
        },
      );
      outgoing.on('error', (error) => reject(unreachable(service, error)));
      outgoing.end(payload);
    });
  }
}

function credentialError(service: string, config: KubeConfig, error: unknown): RemoteError {
  const exec = config.getCurrentUser()?.exec as { readonly command?: string } | undefined;
  if (exec?.command !== undefined)
    return new RemoteError(service, `cannot be asked: the command "${exec.command}" of the kubeconfig gives no credentials`);
  const { code } = error as NodeJS.ErrnoException;
  return new RemoteError(service, `cannot be asked: its credentials cannot be read${code === undefined ? '' : ` (${code})`}`);
}

function unreachable(service: string, error: Error): RemoteError {
  const { code } = error as NodeJS.ErrnoException;
  const reason = error.name === 'AbortError' || error.name === 'TimeoutError' ? 'no answer in time' : (code ?? oneLine(error.message));
  return new RemoteError(service, `cannot be reached: ${reason}`, true);
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function query(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString();
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
