/** Every golden output by the code of kustomize-controller: the second apply finds nothing to change, and what others changed is found. */
import type { ApiAnswer, ApiClient, ApiObject } from '../api-client.ts';
import { storedObjects } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { content } from '../content.ts';
import { fieldOwners, FLUX, LAST_APPLIED } from '../field-owners.ts';
import { fluxApply } from '../flux-apply.ts';
import { inFreshNamespaces, missingNamespaces, renderedNamespaces } from '../fresh-namespaces.ts';
import { goldenCases } from '../golden-cases.ts';
import { manifestOf } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { isRefusedServerSide, REFUSAL } from '../refused-text.ts';
import type { CheckResult } from '../report.ts';
import { defineUserKinds } from '../user-kinds.ts';

const CONTROL_NAMESPACE = 'flux-control';

interface Case {
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

export async function checkFlux(cluster: Cluster): Promise<CheckResult> {
  const goldens = [...(await goldenCases())].map(([name, manifests], index) => ({
    name,
    manifests: inFreshNamespaces(manifests, `flux-${index}`),
  }));
  const cases = goldens.map(({ name, manifests }) => ({ name, manifests: manifests.filter((one) => !isRefusedServerSide(one)) }));
  const all = goldens.flatMap(({ manifests }) => manifests);
  const refused = all.filter(isRefusedServerSide);
  const failures: string[] = [];
  await defineUserKinds(cluster.client, all);
  await withNamespaces(cluster.client, [CONTROL_NAMESPACE, ...missingNamespaces(all)], async () => {
    try {
      failures.push(...(await controlFailures(cluster)));
      failures.push(...(await caseFailures(cluster, cases)));
      failures.push(...(await refusalFailures(cluster, refused)));
    } finally {
      for (const { object } of renderedNamespaces(all)) await cluster.client.remove(object);
    }
  });
  if (all.length === 0) failures.push('no golden case has manifests');
  const summary = `${all.length} objects of ${cases.length} cases, applied three times, ${refused.length} refused`;
  return { summary, rows: [], failures };
}

async function caseFailures(cluster: Cluster, cases: readonly Case[]): Promise<readonly string[]> {
  const failures = await actionFailures(cluster, cases, 'created');
  if (failures.length > 0) return failures;
  // The first update of a new claim writes the phase that its creation left empty; every later one must change nothing.
  await actionFailures(cluster, cases, 'unchanged');
  const all = cases.flatMap(({ manifests }) => manifests);
  const before = await storedObjects(cluster, all);
  failures.push(...(await actionFailures(cluster, cases, 'unchanged')));
  for (const [index, stored] of (await storedObjects(cluster, all)).entries()) {
    const id = all[index]?.id;
    if (!isSame(cluster, stored, before[index])) failures.push(`${id} changes when applied again`);
    const managers = fieldOwners(stored).map(({ manager, operation }) => `${manager} ${operation}`);
    if (!managers.includes(`${FLUX} Apply`)) failures.push(`${id} is owned by ${managers.join(', ')}`);
  }
  return failures;
}

/** Each object on which Flux did something else than it should. */
async function actionFailures(cluster: Cluster, cases: readonly Case[], wanted: string): Promise<string[]> {
  const failures: string[] = [];
  const runs = await fluxApply(
    cluster,
    cases.map(({ manifests }) => manifests),
  );
  for (const [index, { actions, error }] of runs.entries()) {
    const { manifests, name } = cases[index]!;
    if (error !== undefined) failures.push(`${name}: ${error}`);
    else if (Object.keys(actions).length !== manifests.length)
      failures.push(`${name}: ${Object.keys(actions).length} of ${manifests.length} objects`);
    for (const [id, action] of Object.entries(actions)) if (action !== wanted) failures.push(`${name}: ${id} ${action}, not ${wanted}`);
  }
  return failures;
}

/** Our rule `control-character` warns of these texts. */
async function refusalFailures(cluster: Cluster, refused: readonly Manifest[]): Promise<readonly string[]> {
  const runs = await fluxApply(
    cluster,
    refused.map((one) => [one]),
  );
  const failures = runs.length === 0 ? ['no golden case has a character that server-side apply refuses'] : [];
  for (const { error } of runs) if (!error?.includes(REFUSAL)) failures.push(`a refused character: ${error ?? 'taken'}`);
  return failures;
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
  const expect = async (action: string, when: string): Promise<void> => {
    const found = await actionFailures(cluster, [{ name: when, manifests: [manifest] }], action);
    failures.push(...found.map((failure) => `control: ${failure}`));
  };
  await expect('created', 'an object that is not there');
  await changedBy(client, 'somebody', settings({ colour: 'red' }));
  await expect('configured', 'a changed key');
  await expect('unchanged', 'after it was put back');

  await changedBy(client, 'kubectl-edit', settings({ extra: 'by hand' }, { [LAST_APPLIED]: '{}' }));
  const plain = accepted(manifest.id, await client.apply(manifest.object, { fieldManager: FLUX, dryRun: true }));
  if (!content(plain).includes('by hand')) failures.push('control: a plain server-side apply removes what kubectl added');
  await expect('configured', 'what kubectl added');
  const [taken] = await storedObjects(cluster, [manifest]);
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

function accepted(id: string, { body, message, status }: ApiAnswer): ApiObject {
  if (status !== 200 && status !== 201) throw new Error(`${id}: ${status} ${message}`);
  return body as ApiObject;
}
