/**
 * Flux's real kustomize-controller beside an API server, and what brings our manifests to it: the built program pushes them into a real
 * registry, source-controller's client pulls them, and this process reports that on the OCIRepository as source-controller would.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { openclawGitops, type Ran } from '../registries/program.ts';
import { startRegistry } from '../registries/real-registries.ts';
import { accepts, freePort, startServer } from '../registries/server-process.ts';
import { binary } from '../tools/binary.ts';
import { FLUX_VERSIONS } from '../tools/engine-versions.ts';
import { fluxPull } from '../tools/flux.ts';
import { goModuleFile } from '../tools/go-module.ts';
import { eventually } from '../cluster/eventually.ts';
import { applied } from './stage.ts';

const EXAMPLE = join(import.meta.dirname, '../../install/flux/oci.yaml');
/** It watches this kind too, and does nothing before the server knows it. */
const WATCHED = {
  module: `github.com/fluxcd/source-controller@${FLUX_VERSIONS['source-controller']}`,
  path: 'config/crd/bases/source.toolkit.fluxcd.io_buckets.yaml',
};
const SERVED_SECONDS = 30;
const TAG = 'fleet/agents:main';

export const FLUX_NAMESPACE = 'flux-system';

export interface Flux {
  /** The example of install/, with the address of this registry. */
  readonly source: ApiObject;
  /** Pushes what the program makes of these files, as a pipeline does after a merge. */
  readonly push: (files: Readonly<Record<string, string | Uint8Array>>) => Promise<Ran>;
  /** Brings what the registry has to the controller; the revision comes back. */
  readonly fetch: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Serves the Kustomizations in the namespace `flux-system`, which must be there. */
export async function startFlux(client: ApiClient, directory: string): Promise<Flux> {
  const controller = await binary('kustomize-controller');
  await applied(client, parse(await goModuleFile(WATCHED.module, WATCHED.path)) as ApiObject);
  await eventually('the kind Bucket', SERVED_SECONDS, async () =>
    (await client.serves('source.toolkit.fluxcd.io/v1', 'Bucket')) ? { value: true } : { seen: 'the API server does not serve it' },
  );
  const started: { readonly stop: () => Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    for (const server of started.toReversed()) await server.stop();
  };
  try {
    const registry = await startRegistry('ocireg', join(directory, 'registry'));
    started.push(registry);
    const artifacts = await serveFiles(join(directory, 'artifacts'));
    started.push(artifacts);
    const kubeconfig = join(directory, 'kubeconfig');
    await writeKubeconfig(kubeconfig, client.connection);
    const health = await freePort();
    const own = join(directory, 'kustomize-controller');
    mkdirSync(own);
    const server = await startServer(
      (host) => [controller, `--metrics-addr=${host}`, `--health-addr=127.0.0.1:${health}`, '--log-level=error'],
      join(directory, 'kustomize-controller.log'),
      accepts,
      { PATH: process.env['PATH'], HOME: own, TMPDIR: own, KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: FLUX_NAMESPACE },
    );
    started.push(server);
    const source = sourceExample(`oci://${registry.host}/${TAG.split(':')[0]}`);
    await applied(client, source);
    return {
      source,
      push: async (files) => await push(registry.host, directory, files),
      fetch: async () => await fetchInto(client, source, `${registry.host}/${TAG}`, artifacts),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The Kustomization of the example, for another directory of the artifact. */
export function kustomizationExample(path: string): ApiObject {
  const example = exampleOf('Kustomization') as ApiObject & { readonly spec: object };
  return { ...example, spec: { ...example.spec, path } } as ApiObject;
}

function sourceExample(url: string): ApiObject {
  const example = exampleOf('OCIRepository') as ApiObject & { readonly spec: object };
  return { ...example, spec: { ...example.spec, url } } as ApiObject;
}

function exampleOf(kind: string): ApiObject {
  const documents = parseAllDocuments(readFileSync(EXAMPLE, 'utf8')).map((document) => document.toJS() as ApiObject);
  const example = documents.find((document) => document.kind === kind);
  if (!example) throw new Error(`install/flux/oci.yaml has no ${kind}`);
  return example;
}

async function push(host: string, directory: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<Ran> {
  const checkout = mkdtempSync(join(directory, 'checkout-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(checkout, 'agents', name)), { recursive: true });
    writeFileSync(join(checkout, 'agents', name), content);
  }
  return await openclawGitops(checkout, ['push', `oci://${host}/${TAG}`, 'agents']);
}

/** What source-controller does at each interval. */
async function fetchInto(client: ApiClient, source: ApiObject, reference: string, { directory, url }: FileServer): Promise<string> {
  const pulled = mkdtempSync(join(directory, 'pulled-'));
  const { digest } = await fluxPull(reference, pulled);
  const name = `${createHash('sha256').update(String(digest)).digest('hex')}.tar.gz`;
  execFileSync('tar', ['--create', '--gzip', '--file', join(directory, name), '--directory', pulled, '.']);
  rmSync(pulled, { recursive: true });
  const bytes = readFileSync(join(directory, name));
  const [tag, content] = ['main', String(digest).split('@').at(-1)];
  const revision = `${tag}@${content}`;
  const artifact = {
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    lastUpdateTime: '2026-01-01T00:00:00Z',
    path: name,
    revision,
    size: statSync(join(directory, name)).size,
    url: `${url}${name}`,
  };
  const path = `${await client.path(source)}/status`;
  const { message, status } = await client.send('PATCH', path, { status: { artifact } }, 'application/merge-patch+json');
  if (status !== 200) throw new Error(`status of the OCIRepository: ${status} ${message}`);
  return revision;
}

interface FileServer {
  readonly directory: string;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

async function serveFiles(directory: string): Promise<FileServer> {
  mkdirSync(directory);
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    if (/^[0-9a-f]+\.tar\.gz$/.test(name)) response.end(readFileSync(join(directory, name)));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    directory,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
