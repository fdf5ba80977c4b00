/** What an apply puts back of what others did, decided by the API server and compared with `docs/drift.md`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARGOCD_VERSIONS } from '../../tools/engine-versions.ts';
import type { ApiClient, ApiObject } from '../api-client.ts';
import { applyAll, storedObjects } from '../apply-all.ts';
import { argocdVerdicts } from '../argocd-verdicts.ts';
import type { Cluster } from '../cluster.ts';
import { content } from '../content.ts';
import { driftEngines } from '../drift-engines.ts';
import type { DriftEngine } from '../drift-engines.ts';
import { DRIFTS } from '../drifts.ts';
import { ARGOCD } from '../field-owners.ts';
import { goldenCases } from '../golden-cases.ts';
import { withKubectl } from '../kubectl.ts';
import { manifestOf } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import type { CheckResult } from '../report.ts';

const DOCUMENT = join(import.meta.dirname, '../../../docs/drift.md');
const CASE = 'guide-production';
const PUT_BACK = 'put back';
const STAYS = 'stays';
/** Argo CD calls it Synced, so that no sync starts for it; one for another reason puts it back. */
const NOT_NOTICED = 'put back, not noticed';
/** No sync ends that. */
const OUT_OF_SYNC = 'stays, OutOfSync';

export async function checkDrift(cluster: Cluster): Promise<CheckResult> {
  const rendered = (await goldenCases()).get(CASE) ?? [];
  const document = await readFile(DOCUMENT, 'utf8');
  const documented = rows(document);
  return await withKubectl(cluster.client.connection, async (kubectl) => {
    const engines = driftEngines(cluster, kubectl);
    return await withNamespaces(
      cluster.client,
      Object.values(engines).map(({ namespace }) => namespace),
      async () => {
        const columns: (readonly string[])[] = [];
        for (const engine of Object.values(engines)) columns.push(await outcomes(cluster, engine, rendered));
        const measured = DRIFTS.map(({ kind, says }, index) => `| ${kind} | ${says} | ${columns.map((one) => one[index]).join(' | ')} |`);
        const failures = [
          ...measured.filter((row) => !documented.includes(row)).map((row) => `measured, not documented: ${row}`),
          ...documented.filter((row) => !measured.includes(row)).map((row) => `documented, not measured: ${row}`),
        ];

        if (!document.includes(`(${ARGOCD_VERSIONS.newest.slice(1)})`)) failures.push('the document names another version of Argo CD');
        for (const [name, engine] of Object.entries(engines)) failures.push(...(await removalFailures(cluster, name, engine)));
        failures.push(...(await serverSideDiffFailures(cluster, engines.kubectl)));
        failures.push(...(await replaceFailures(cluster, engines.argocd, rendered)));
        return { summary: `${measured.length} changes by others under ${columns.length} engines`, rows: [], failures };
      },
    );
  });
}

/** For each drift, on an object of its own, what the engine's next apply makes of it. */
async function outcomes(cluster: Cluster, engine: DriftEngine, rendered: readonly Manifest[]): Promise<readonly string[]> {
  const manifests = DRIFTS.map(({ kind }, index) => {
    const found = rendered.find(({ object }) => object.kind === kind);
    if (!found) throw new Error(`golden/${CASE} has no ${kind}`);
    return renamed(found.object, `drift-${index}`, engine.namespace);
  });
  await engine.apply(manifests);
  // The first update of a claim writes the phase that its creation left empty.
  await engine.apply(manifests);
  const before = await storedObjects(cluster, manifests);
  const early = await outOfSync(cluster, engine, manifests);
  if (early !== null && early.size > 0) throw new Error(`OutOfSync before anybody changed it: ${[...early].join(', ')}`);
  for (const [index, { patch }] of DRIFTS.entries())
    await send(cluster.client, manifests[index]!.object, patch, 'json-patch', engine.stranger);
  const drifted = await storedObjects(cluster, manifests);
  const noticed = await outOfSync(cluster, engine, manifests);
  await engine.apply(manifests);
  const after = await storedObjects(cluster, manifests);
  return DRIFTS.map(({ says }, index) => {
    const wanted = content(before[index]);
    if (content(drifted[index]) === wanted) throw new Error(`"${says}" changes nothing`);
    const isNoticed = noticed?.has(`drift-${index}`);
    if (content(after[index]) === wanted) return isNoticed === false ? NOT_NOTICED : PUT_BACK;
    if (content(after[index]) !== content(drifted[index])) throw new Error(`"${says}" is put back in part`);
    return isNoticed === true ? OUT_OF_SYNC : STAYS;
  });
}

/** Names of the objects that Argo CD's own code finds different; null for an engine that applies without a look. */
async function outOfSync(cluster: Cluster, { side }: DriftEngine, manifests: readonly Manifest[]): Promise<ReadonlySet<string> | null> {
  if (side === undefined) return null;
  const verdicts = await argocdVerdicts(cluster, `compare-${side}`, manifests);
  if (verdicts.length !== manifests.length) throw new Error(`${verdicts.length} verdicts on ${manifests.length} objects`);
  const names = new Set<string>();
  for (const { error, modified, object, seen } of verdicts) {
    if (error !== undefined) throw new Error(`${object}: ${error}`);
    if (!seen) throw new Error(`${object}: a label that only Git has is not seen`);
    if (modified) names.add(object.slice(object.indexOf('/') + 1));
  }
  return names;
}

function renamed(object: ApiObject, name: string, namespace: string): Manifest {
  return manifestOf({ ...object, metadata: { ...object.metadata, name, namespace } });
}

async function send(
  client: ApiClient,
  object: ApiObject,
  patch: unknown,
  type: 'json-patch' | 'merge-patch',
  manager: string,
): Promise<void> {
  const path = `${await client.path(object)}?fieldManager=${manager}`;
  const { message, status } = await client.send('PATCH', path, patch, `application/${type}+json`);
  if (status !== 200) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${message}`);
}

/** What leaves Git leaves the cluster. */
async function removalFailures(cluster: Cluster, name: string, engine: DriftEngine): Promise<readonly string[]> {
  const old = settings(engine.namespace, { kept: 'a', gone: 'b' });
  const now = settings(engine.namespace, { kept: 'a' });
  await engine.apply([old]);
  await engine.apply([now]);
  const [stored] = await storedObjects(cluster, [now]);
  return content(stored).includes('"gone"') ? [`${name}: a key that left Git stays`] : [];
}

/** Why `ServerSideDiff=true` goes with server-side apply only: its dry run does not see what client-side apply has to remove. */
async function serverSideDiffFailures(cluster: Cluster, kubectl: DriftEngine): Promise<readonly string[]> {
  const old = settings(kubectl.namespace, { kept: 'a', gone: 'b' });
  const now = settings(kubectl.namespace, { kept: 'a' });
  await kubectl.apply([old]);
  const [seen] = await applyAll(cluster, [now], ARGOCD, true);
  return content(seen).includes('"gone"') ? [] : ['control: a server-side dry run sees what client-side apply has to remove'];
}

/** Why nothing of ours asks for `Replace=true`: it takes a token away that server-side apply leaves. */
async function replaceFailures({ client }: Cluster, argocd: DriftEngine, rendered: readonly Manifest[]): Promise<readonly string[]> {
  const found = rendered.find(({ object }) => object.kind === 'Secret');
  if (!found) return [`golden/${CASE} has no Secret`];
  const shell = renamed(found.object, 'replaced', argocd.namespace);
  const filled = { ...shell.object, metadata: { name: 'replaced', namespace: argocd.namespace }, data: { token: 'dG9rZW4=' } };
  await argocd.apply([shell]);
  await client.apply(filled, { fieldManager: 'openclaw-gitops-secrets' });
  await argocd.apply([shell]);
  const kept = content((await client.get(shell.object)).body as ApiObject);
  await client.send('PUT', await client.path(shell.object), shell.object);
  const replaced = content((await client.get(shell.object)).body as ApiObject);
  const failures = kept.includes('dG9rZW4=') ? [] : ['server-side apply takes the token away'];
  return replaced.includes('dG9rZW4=') ? [...failures, 'control: a replaced Secret keeps its token'] : failures;
}

function settings(namespace: string, data: Readonly<Record<string, string>>): Manifest {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace }, data };
  return manifestOf(object);
}

/** The rows of the document's first table below its head. */
function rows(document: string): readonly string[] {
  return document
    .slice(0, document.indexOf('\n## '))
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1);
}
