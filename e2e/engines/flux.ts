/**
 * Flux's real kustomize-controller beside an API server, and what brings our manifests to it: the built program pushes them into a real
 * registry, source-controller's client pulls them, and this process reports that on the OCIRepository as source-controller would.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { openclawGitops, type Ran } from '../registries/program.ts';
import { startRegistry } from '../registries/real-registries.ts';
import { accepts, freePort, startServer } from '../registries/server-process.ts';
import { binary } from '../tools/binary.ts';
import { FLUX_VERSIONS } from '../tools/engine-versions.ts';
import { goModuleFile } from '../tools/go-module.ts';
import { eventually } from '../cluster/eventually.ts';
import { startSources } from './source-controller-stand-in.ts';
import { applied } from './stage.ts';
import { withStarted, type Started } from './started.ts';

const EXAMPLES = join(import.meta.dirname, '../../install/flux');
const SOURCE_CONTROLLER = `github.com/fluxcd/source-controller@${FLUX_VERSIONS['source-controller']}`;
/** It watches these kinds too, and does nothing before the server knows them. */
const WATCHED = {
  Bucket: 'config/crd/bases/source.toolkit.fluxcd.io_buckets.yaml',
  ExternalArtifact: 'config/crd/bases/source.toolkit.fluxcd.io_externalartifacts.yaml',
};
const SERVED_SECONDS = 30;
const TAG = 'fleet/agents:main';

export const FLUX_NAMESPACE = 'flux-system';

export interface Flux {
  /** The example of install/, with the address of this registry. */
  readonly source: ApiObject;
  /** Pushes what the program makes of these files, as a pipeline does after a merge. */
  readonly push: (files: Readonly<Record<string, string | Uint8Array>>) => Promise<Ran>;
  /** Brings what the registry has to the controller, by the example or by another object of a source; the revision comes back. */
  readonly fetch: (source?: ApiObject) => Promise<string>;
  /** Another controller in its place, with this more on its command line. */
  readonly restart: (...flags: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Serves the Kustomizations in the namespace `flux-system`, which must be there. */
export async function startFlux(client: ApiClient, directory: string): Promise<Flux> {
  for (const [kind, path] of Object.entries(WATCHED)) {
    await applied(client, parse(await goModuleFile(SOURCE_CONTROLLER, path)) as ApiObject);
    await eventually(`the kind ${kind}`, SERVED_SECONDS, async () =>
      (await client.serves('source.toolkit.fluxcd.io/v1', kind)) ? { value: true } : { seen: 'the API server does not serve it' },
    );
  }
  return await withStarted(async (servers) => {
    const registry = servers.add(await startRegistry('ocireg', join(directory, 'registry')));
    const sources = servers.add(await startSources(client, join(directory, 'artifacts')));
    const kubeconfig = join(directory, 'kubeconfig');
    await writeKubeconfig(kubeconfig, client.connection);
    let controller = await startController(directory, kubeconfig, []);
    servers.add({ stop: async () => await controller.stop() });
    const source = sourceExample(`oci://${registry.host}/${TAG.split(':')[0]}`);
    await applied(client, source);
    return {
      source,
      push: async (files) => await push(registry.host, directory, files),
      fetch: async (object = source) => await sources.fetch(object, `${registry.host}/${TAG}`),
      restart: async (...flags) => {
        await controller.stop();
        controller = await startController(directory, kubeconfig, flags);
      },
      stop: servers.stop,
    };
  });
}

async function startController(directory: string, kubeconfig: string, flags: readonly string[]): Promise<Started> {
  const controller = await binary('kustomize-controller');
  const health = await freePort();
  const own = mkdtempSync(join(directory, 'kustomize-controller-'));
  return await startServer(
    (host) => [controller, `--metrics-addr=${host}`, `--health-addr=127.0.0.1:${health}`, '--log-level=error', ...flags],
    `${own}.log`,
    accepts,
    { PATH: process.env['PATH'], HOME: own, TMPDIR: own, KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: FLUX_NAMESPACE },
  );
}

/** The Kustomization of the example in that file, for another directory of the artifact. */
export function kustomizationExample(path: string, file = 'oci.yaml'): ApiObject {
  const example = exampleOf('Kustomization', file) as ApiObject & { readonly spec: object };
  return { ...example, spec: { ...example.spec, path } } as ApiObject;
}

function sourceExample(url: string): ApiObject {
  const example = exampleOf('OCIRepository', 'oci.yaml') as ApiObject & { readonly spec: object };
  return { ...example, spec: { ...example.spec, url } } as ApiObject;
}

function exampleOf(kind: string, file: string): ApiObject {
  const documents = parseAllDocuments(readFileSync(join(EXAMPLES, file), 'utf8')).map((document) => document.toJS() as ApiObject);
  const example = documents.find((document) => document.kind === kind);
  if (!example) throw new Error(`install/flux/${file} has no ${kind}`);
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
