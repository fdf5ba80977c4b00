/** A registry of models as Ollama reads it, over TLS: manifests here, layers from a storage that signed addresses lead to, in ranges. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { chainModel } from './chain-model.ts';

export interface ModelRegistry {
  readonly port: number;
  /** `METHOD path`, with the range where one was asked for. */
  readonly requests: string[];
  /** Slows the sending of layers down. */
  bytesPerSecond: number;
  readonly close: () => void;
}

interface RegistryOptions {
  readonly key: string;
  readonly cert: string;
  readonly host: string;
  readonly port: number;
  /** Name by which the storage is reached on the same port; Ollama wants it to be another one than the registry's. */
  readonly storage: string;
  /** Bytes that make the model `large` as large as that. */
  readonly largeBytes?: number;
  readonly log?: (line: string) => void;
}

/** With roles and tools, so that an agent can use it. */
const TEMPLATE = '{{ range .Messages }}{{ .Role }}: {{ .Content }}\n{{ end }}{{ if .Tools }}{{ .Tools }}{{ end }}assistant: ';
const PIECE_BYTES = 64 * 1024;

/** Serves `library/llama3.2:latest`, a model that works, and, where its size is given, `library/large:latest`, which takes its time. */
export async function startModelRegistry({ key, cert, host, port, storage, largeBytes, log }: RegistryOptions): Promise<ModelRegistry> {
  const blobs = new Map<string, Buffer>();
  const manifests = new Map<string, string>([['library/llama3.2', manifest(chainModel())]]);
  if (largeBytes !== undefined) manifests.set('library/large', manifest(Buffer.concat([chainModel(), Buffer.alloc(largeBytes, 'x')])));
  const requests: string[] = [];
  const server: Server = createServer({ key, cert }, (request, response) => {
    const { method = '', url = '', headers } = request;
    const line = `${method} ${url}${headers.range === undefined ? '' : ` ${headers.range}`}`;
    requests.push(line);
    log?.(line);
    const [, repository = '', kind, reference = ''] = /^\/(.+)\/(manifests|blobs)\/([^/?]+)/.exec(url) ?? [];
    const blob = blobs.get(reference);
    if (kind === 'manifests') return answer(response, reference === 'latest' ? manifests.get(repository.replace('v2/', '')) : undefined);
    if (blob === undefined) return answer(response, undefined);
    if (repository === 'storage') return void sendBlob(response, headers.range, blob);
    if (method === 'HEAD') return void response.writeHead(200, { 'Content-Length': blob.length }).end();
    const { port: own } = server.address() as AddressInfo;
    response.writeHead(307, { Location: `https://${storage}:${own}/storage/blobs/${reference}?signature=5ecret` }).end();
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const registry: ModelRegistry = {
    port: (server.address() as AddressInfo).port,
    requests,
    bytesPerSecond: Infinity,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return registry;

  function manifest(model: Buffer): string {
    const config = { model_format: 'gguf', model_family: 'llama', model_families: ['llama'], model_type: '24K', file_type: 'F32' };
    return JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: layer('application/vnd.docker.container.image.v1+json', Buffer.from(JSON.stringify(config))),
      layers: [layer('application/vnd.ollama.image.model', model), layer('application/vnd.ollama.image.template', Buffer.from(TEMPLATE))],
    });
  }

  function layer(mediaType: string, content: Buffer): object {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    blobs.set(digest, content);
    return { mediaType, digest, size: content.length };
  }

  function answer(response: ServerResponse, body: string | undefined): void {
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' }).end(body ?? '{"errors":[]}');
  }

  async function sendBlob(response: ServerResponse, range: string | undefined, blob: Buffer): Promise<void> {
    const [, first = '0', last = String(blob.length - 1)] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    const part = blob.subarray(Number(first), Number(last) + 1);
    response.writeHead(206, { 'Content-Length': part.length, 'Content-Range': `bytes ${first}-${last}/${blob.length}` });
    // Whoever has enough hangs up.
    await pipeline(pieces(part), response).catch(() => {});
  }

  async function* pieces(content: Buffer): AsyncGenerator<Buffer> {
    for (let start = 0; start < content.length; start += PIECE_BYTES) {
      yield content.subarray(start, start + PIECE_BYTES);
      if (registry.bytesPerSecond !== Infinity) await sleep((PIECE_BYTES / registry.bytesPerSecond) * 1000);
    }
  }
}
