/** Speaks to a plugin server as the repo-server does: the repository as a tar in a stream, one connection a request. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** `ARGOCD_CMP_CHUNK_SIZE` of the repo-server, by default. */
const CHUNK_BYTES = 1024;

export interface Generate {
  /** Root of the checkout. */
  readonly repository: string;
  /** The application's directory in it. */
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  /** How long the repo-server waits; its own default is 60 s. */
  readonly timeoutMs?: number;
}

export type Answer = { readonly manifests: readonly string[] } | { readonly code: number; readonly error: string };

const definitions = loadSync(join(import.meta.dirname, 'plugin.proto'), { longs: String, defaults: true });
const service = definitions['plugin.ConfigManagementPluginService'] as unknown as Readonly<Record<string, Method>>;

interface Method {
  readonly path: string;
  readonly requestSerialize: (value: object) => Buffer;
  readonly responseDeserialize: (bytes: Buffer) => Reply;
}

export interface Reply {
  readonly manifests?: readonly string[];
  readonly isDiscoveryConfigured?: boolean;
  readonly parameterAnnouncements?: readonly { readonly name: string }[];
}

/** Asks whether the plugin wants to see repositories that do not name it. */
export async function configuration(socket: string): Promise<Reply> {
  const { path, requestSerialize, responseDeserialize } = service['CheckPluginConfiguration'] as Method;
  const client = new Client(`unix:${socket}`, credentials.createInsecure());
  try {
    return await new Promise((answered, failed) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, {}, (error, reply) => {
        if (error !== null) failed(error);
        else answered(reply ?? {});
      });
    });
  } finally {
    client.close();
  }
}

export async function generate(socket: string, request: Generate): Promise<Answer> {
  const reply = await streamed(socket, 'GenerateManifest', request);
  return 'code' in reply ? reply : { manifests: reply.manifests ?? [] };
}

export async function announcedParameters(socket: string, request: Generate): Promise<readonly string[]> {
  const reply = await streamed(socket, 'GetParametersAnnouncement', request);
  if ('code' in reply) throw new Error(reply.error);
  return (reply.parameterAnnouncements ?? []).map(({ name }) => name);
}

async function streamed(
  socket: string,
  name: string,
  { repository, path, env, timeoutMs = 60_000 }: Generate,
): Promise<Reply | { readonly code: number; readonly error: string }> {
  const tar = spawnSync('tar', ['--create', '--gzip', '--directory', repository, '.'], { maxBuffer: 1 << 28 });
  if (tar.status !== 0) throw new Error(tar.stderr.toString());
  const method = service[name] as Method;
  const client = new Client(`unix:${socket}`, credentials.createInsecure(), { 'grpc.max_receive_message_length': 100 << 20 });
  try {
    return await new Promise((answered) => {
      const deadline = Date.now() + timeoutMs;
      const call = client.makeClientStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        { deadline },
        (error: ServiceError | null, reply?: Reply) =>
          answered(error === null ? (reply ?? {}) : { code: error.code, error: error.details }),
      );
      call.on('error', () => undefined);
      call.write({
        metadata: {
          appName: path,
          appRelPath: path,
          checksum: createHash('sha256').update(tar.stdout).digest('hex'),
          size: String(tar.stdout.length),
          env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        },
      });
      for (let start = 0; start < tar.stdout.length; start += CHUNK_BYTES)
        call.write({ file: { chunk: tar.stdout.subarray(start, start + CHUNK_BYTES) } });
      call.end();
    });
  } finally {
    client.close();
  }
}
