import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import type { Json, JsonObject } from '../lib/json.ts';
import { Failure } from './failure.ts';
import { quote } from './log.ts';

/** How to reach the API server from inside a pod. */
export interface ApiServer {
  /** A name, an IPv4 or an IPv6 address, the latter with or without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tokenFile: string;
  readonly caFile: string;
  /** For a whole request with its answer; 30 s unless told otherwise. */
  readonly requestTimeoutMs?: number;
}

export interface Answer {
  readonly status: number;
  /** Seconds of a `Retry-After` header; null without one. */
  readonly retryAfterSeconds: number | null;
  /** Undefined when the answer is no JSON. */
  readonly body: Json | undefined;
}

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const REQUEST_TIMEOUT_MS = 30_000;
/** A Secret holds 1 MiB at most, and base64 and bookkeeping add to it. */
const ANSWER_LIMIT_BYTES = 4 * 1024 * 1024;

/** The API server that kubelet describes to every pod. */
export function inClusterApiServer(environment: { readonly [name: string]: string | undefined }): ApiServer {
  const host = environment['KUBERNETES_SERVICE_HOST'];
  const port = Number(environment['KUBERNETES_SERVICE_PORT'] ?? '443');
  if (host === undefined || host === '') throw new Failure('found no KUBERNETES_SERVICE_HOST in the environment, expected to run in a pod');
  return { host, port, tokenFile: `${SERVICE_ACCOUNT}/token`, caFile: `${SERVICE_ACCOUNT}/ca.crt` };
}

/** One request; rejects with a network error, or a Failure when the pod's credentials are missing. The token is read anew each time, since kubelet rotates it. */
export async function callApiServer(
  server: ApiServer,
  method: 'GET' | 'PATCH',
  path: string,
  body?: JsonObject,
  bodyType: 'application/apply-patch+yaml' | 'application/merge-patch+json' = 'application/apply-patch+yaml',
): Promise<Answer> {
  const token = (await readCredential(server.tokenFile)).trim();
  const ca = await readCredential(server.caFile);
  return await new Promise((resolve, reject) => {
    const call = request(
      {
        host: withoutBrackets(server.host),
        port: server.port,
        method,
        path,
        ca,
        // An agent of its own: the global one would use a proxy that NODE_USE_ENV_PROXY asks for.
        agent: new Agent({ keepAlive: false }),
        signal: AbortSignal.timeout(server.requestTimeoutMs ?? REQUEST_TIMEOUT_MS),
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          'User-Agent': 'openclaw-gitops',
          ...(body === undefined ? {} : { 'Content-Type': bodyType }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          chunks.push(chunk);
          if (bytes > ANSWER_LIMIT_BYTES) response.destroy(new Error('the answer is too large'));
        });
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            retryAfterSeconds: secondsOf(response.headers['retry-after']),
            body: parsed(Buffer.concat(chunks)),
          }),
        );
      },
    );
    call.on('error', reject);
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Node takes an IPv6 address bare and writes the brackets of the Host header itself. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

async function readCredential(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Failure(
      `cannot read ${quote(path)} (${(error as NodeJS.ErrnoException).code})`,
      'the pod needs the token of its ServiceAccount: apply what is rendered, unchanged',
    );
  }
}

function secondsOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : null;
}

function parsed(bytes: Buffer): Json | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}
