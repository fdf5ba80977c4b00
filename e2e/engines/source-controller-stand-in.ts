/** What source-controller does at each interval: brings a source to where kustomize-controller fetches it, and says so on its object. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { fluxPull } from '../tools/flux.ts';

export interface Sources {
  /** Pulls what the registry has by Flux's own client, and makes it the artifact of the object; the revision comes back. */
  readonly fetch: (object: ApiObject, reference: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

export async function startSources(client: ApiClient, directory: string): Promise<Sources> {
  mkdirSync(directory);
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    if (/^[0-9a-f]+\.tar\.gz$/.test(name)) response.end(readFileSync(join(directory, name)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    fetch: async (object, reference) => {
      const pulled = mkdtempSync(join(directory, 'pulled-'));
      const { digest } = await fluxPull(reference, pulled);
      const name = `${sha256(String(digest))}.tar.gz`;
      execFileSync('tar', ['--create', '--gzip', '--file', join(directory, name), '--directory', pulled, '.']);
      rmSync(pulled, { recursive: true });
      const bytes = readFileSync(join(directory, name));
      const revision = `${reference.split(':').at(-1)}@${String(digest).split('@').at(-1)}`;
      const artifact = {
        digest: `sha256:${sha256(bytes)}`,
        lastUpdateTime: '2026-01-01T00:00:00Z',
        path: name,
        revision,
        size: bytes.length,
        url: `${url}${name}`,
      };
      const path = `${await client.path(object)}/status`;
      const { message, status } = await client.send('PATCH', path, { status: { artifact } }, 'application/merge-patch+json');
      if (status !== 200) throw new Error(`status of ${object.kind} ${object.metadata.name}: ${status} ${message}`);
      return revision;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
