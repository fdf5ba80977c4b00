/** Every golden output as Flux applies it: the second apply changes nothing, and a dry run finds nothing to change. */
import { ApiClient } from '../api-client.ts';
import type { ApiAnswer, ApiObject } from '../api-client.ts';
import { storedObjects } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { content } from '../content.ts';
import { applyAsFlux, fieldOwners, FLUX, labelledByFlux, LAST_APPLIED } from '../field-owners.ts';
import { inFreshNamespaces, missingNamespaces, renderedNamespaces } from '../fresh-namespaces.ts';
import { goldenCases } from '../golden-cases.ts';
import { manifestOf } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import type { CheckResult } from '../report.ts';

/** Cases at a time, each over a connection of its own. */
const CONNECTIONS = 4;
const CONTROL_NAMESPACE = 'flux-control';

export async function checkFlux(cluster: Cluster): Promise<CheckResult> {
  const cases = [...(await goldenCases())].map(([name, manifests], index) => ({
    name,
    manifests: inFreshNamespaces(manifests, `flux-${index}`).map(labelledByFlux),
  }));
  const all = cases.flatMap(({ manifests }) => manifests);
  const failures: string[] = [];
  const left = cases.values();
  await withNamespaces(cluster.client, [CONTROL_NAMESPACE, ...missingNamespaces(all)], async () => {
    failures.push(...(await controlFailures(cluster)));
    async function work(): Promise<void> {
      const client = new ApiClient(cluster.client.connection);
      try {
        for (const { name, manifests } of left) {
          const found = await judge({ ...cluster, client }, manifests);
          failures.push(...found.map((failure) => `${name}: ${failure}`));
        }
      } finally {
        client.close();
      }
    }
    try {
      await Promise.all(Array.from({ length: CONNECTIONS }, work));
    } finally {
      for (const { object } of renderedNamespaces(all)) await cluster.client.remove(object);
    }
  });
  if (all.length === 0) failures.push('no golden case has manifests');
  return { summary: `${all.length} objects of ${cases.length} cases, applied twice and dry-run`, rows: [], failures };
}

async function judge(cluster: Cluster, manifests: readonly Manifest[]): Promise<readonly string[]> {
  await fluxApplied(cluster, manifests);
  // The first update of a new claim writes the phase that its creation left empty; every later one must change nothing.
  const claims = manifests.filter(({ object }) => object.kind === 'PersistentVolumeClaim');
  await fluxApplied(cluster, claims);
  return await differences(cluster, manifests);
}

/** What a dry run and an apply of Flux would change, and who else owns fields after it. */
async function differences(cluster: Cluster, manifests: readonly Manifest[]): Promise<readonly string[]> {
  const failures: string[] = [];
  const before = await storedObjects(cluster, manifests);
  for (const [index, { id, object, text }] of manifests.entries()) {
    const dry = accepted(id, await cluster.client.apply(object, { fieldManager: FLUX, dryRun: true, text }));
    if (!isSame(cluster, dry, before[index])) failures.push(`${id}: a dry run is not what is stored`);
  }
  for (const [index, again] of (await fluxApplied(cluster, manifests)).entries()) {
    const id = manifests[index]?.id;
    if (!isSame(cluster, again, before[index])) failures.push(`${id} changes when applied again`);
    const managers = fieldOwners(again).map(({ manager, operation }) => `${manager} ${operation}`);
    if (!managers.includes(`${FLUX} Apply`)) failures.push(`${id} is owned by ${managers.join(', ')}`);
  }
  return failures;
}

async function fluxApplied({ client }: Cluster, manifests: readonly Manifest[]): Promise<readonly ApiObject[]> {
  const stored: ApiObject[] = [];
  for (const manifest of manifests) stored.push(accepted(manifest.id, await applyAsFlux(client, manifest)));
  return stored;
}

function accepted(id: string, { body, message, status }: ApiAnswer): ApiObject {
  if (status !== 200 && status !== 201) throw new Error(`${id}: ${status} ${message}`);
  return body as ApiObject;
}

/** Where controllers work, versions grow without anybody applying. */
function isSame({ hasControllers }: Cluster, one: ApiObject, other: ApiObject | undefined): boolean {
  const isUntouched = hasControllers || one.metadata.resourceVersion === other?.metadata.resourceVersion;
  return isUntouched && one.metadata.generation === other?.metadata.generation && content(one) === content(other);
}

/** A key that somebody changed is seen and put back; a key that kubectl added stays until Flux takes it over. */
async function controlFailures(cluster: Cluster): Promise<readonly string[]> {
  const { client } = cluster;
  const failures: string[] = [];
  const manifest = manifestOf(settings({ colour: 'blue' }));
  await fluxApplied(cluster, [manifest]);
  await changedBy(client, 'somebody', settings({ colour: 'red' }));
  const seen = await differences(cluster, [manifest]);
  const expected = ['ConfigMap/settings: a dry run is not what is stored', 'ConfigMap/settings changes when applied again'];
  if (seen.join() !== expected.join()) failures.push(`control: a changed key is reported as [${seen.join(', ')}]`);
  const repeated = await differences(cluster, [manifest]);
  failures.push(...repeated.map((failure) => `control: after it was put back, ${failure}`));

  await changedBy(client, 'kubectl-edit', settings({ extra: 'by hand' }, { [LAST_APPLIED]: '{}' }));
  const plain = accepted(manifest.id, await client.apply(manifest.object, { fieldManager: FLUX }));
  if (!content(plain).includes('by hand')) failures.push('control: a plain server-side apply removes what kubectl added');
  const [taken] = await fluxApplied(cluster, [manifest]);
  const owners = taken ? fieldOwners(taken).map(({ manager, operation }) => `${manager} ${operation}`) : [];
  if (content(taken).includes('by hand') || content(taken).includes(LAST_APPLIED) || owners.join() !== `${FLUX} Apply`)
    failures.push(`control: the take-over leaves what kubectl added, owned by ${owners.join(', ')}`);
  return failures;
}

function settings(data: Readonly<Record<string, string>>, annotations: Readonly<Record<string, string>> = {}): ApiObject {
  const metadata = { name: 'settings', namespace: CONTROL_NAMESPACE, annotations };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } as ApiObject;
}

async function changedBy(client: ApiClient, manager: string, object: ApiObject): Promise<void> {
  const path = `${await client.path(object)}?fieldManager=${manager}`;
  accepted(manager, await client.send('PATCH', path, object, 'application/merge-patch+json'));
}
