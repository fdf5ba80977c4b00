/**
 * Instances of the operator are adopted by the built command line, as a user would do it: stopped in between, taken back, and at last
 * without their custom resource and its definition, while the garbage collector runs. A control shows that it does.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { AdoptionRun, PROGRAM, QUIET_MILLISECONDS } from '../adoption-run.ts';
import type { ApiObject } from '../api-client.ts';
import { removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import { manifestOf, type Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { operatorFixture } from '../operator-fixture.ts';
import type { CheckResult } from '../report.ts';

const ROOT = join(import.meta.dirname, '../../..');
const WAIT_SECONDS = 60;
const CASES = [
  { oracle: 'minimal', engine: 'argocd', isThorough: true },
  { oracle: 'guide-production', engine: 'flux', isThorough: true },
  { oracle: 'own-everything-names', engine: 'kubectl', isThorough: false },
  { oracle: 'own-hpa', engine: 'argocd', isThorough: false },
] as const;

export async function checkAdoption(cluster: Cluster): Promise<CheckResult> {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'ignore' });
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-adoption-'));
  const controllers = cluster.hasControllers ? null : await startControllers(cluster.client.connection);
  const rows: string[][] = [['case', 'engine', 'objects', 'stops', 'result']];
  const failures: string[] = [];
  try {
    await writeKubeconfig(join(directory, 'kubeconfig'), cluster.client.connection);
    await defineInstances(cluster);
    await withNamespaces(
      cluster.client,
      ['openclaw-operator-system', 'adoption-control', ...CASES.map(({ oracle }) => `adopt-${oracle}`)],
      async () => {
        await collectorWorks(cluster, 'adoption-control');
        for (const { oracle, engine, isThorough } of CASES) {
          const run = new AdoptionRun(cluster, directory, await operatorFixture(oracle, `adopt-${oracle}`), engine);
          try {
            await run.all(isThorough);
          } catch (error) {
            run.failures.push(error instanceof Error ? error.message : String(error));
          }
          rows.push([
            oracle,
            engine,
            String(run.fixture.objects.length),
            String(run.stops),
            run.failures.length === 0 ? 'adopted' : 'failed',
          ]);
          failures.push(...run.failures.map((failure) => `${oracle}: ${failure}`));
        }
        await controllers?.assertRuns();
        failures.push(...(await withoutDefinition(cluster)));
      },
    );
  } finally {
    await controllers?.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return { summary: `${CASES.length} installations of the operator`, rows, failures };
}

export async function defineInstances({ client }: Cluster): Promise<void> {
  const text = execFileSync(process.execPath, [PROGRAM, 'schema', '--crd', 'OpenClawInstance'], { maxBuffer: 1 << 26 }).toString();
  const { status, message } = await client.apply(parseAllDocuments(text)[0]?.toJS() as ApiObject, { fieldManager: 'openclaw-gitops-e2e' });
  if (status !== 200 && status !== 201) throw new Error(`OpenClawInstance: ${status} ${message}`);
  // Asked anew each time, since another check may have taken the definition away; it is served before it can be discovered.
  const api = '/apis/openclaw.rocks/v1alpha1';
  await until('OpenClawInstance is served', async () => {
    const [discovery, list] = [await client.send('GET', api), await client.send('GET', `${api}/openclawinstances`)];
    return list.status === 200 && JSON.stringify(discovery.body).includes('"kind":"OpenClawInstance"');
  });
}

/** An owned object goes with its instance: what stays later, stays because of us. */
export async function collectorWorks({ client }: Cluster, namespace: string): Promise<void> {
  const instance = {
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name: 'control', namespace },
  };
  const { body, status, message } = await client.create({ ...instance, spec: {} } as ApiObject);
  if (status !== 201) throw new Error(`the control instance: ${status} ${message}`);
  const { apiVersion, kind, metadata } = body as ApiObject;
  const ownerReferences = [{ apiVersion, kind, name: metadata.name, uid: metadata.uid! }];
  const owned = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'control', namespace, ownerReferences } };
  await client.create(owned);
  await client.remove(instance);
  await until('the collector has taken the control away', async () => (await client.get(owned)).status === 404);
}

/** What is lost with an instance, unless it is adopted. */
function isData({ kind }: ApiObject): boolean {
  return ['PersistentVolumeClaim', 'Secret', 'StatefulSet'].includes(kind);
}

/** The definition goes, and with it the last that could have owned anything. */
async function withoutDefinition(cluster: Cluster): Promise<readonly string[]> {
  const { client } = cluster;
  const kept: Manifest[] = [];
  for (const { oracle } of CASES) kept.push(...(await operatorFixture(oracle, `adopt-${oracle}`)).objects.filter(isData).map(manifestOf));
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'openclawinstances.openclaw.rocks' },
  };
  await client.remove(definition);
  await until('the definition is gone', async () => (await client.get(definition)).status === 404);
  await sleep(QUIET_MILLISECONDS);
  const failures: string[] = [];
  for (const { id, object } of kept)
    if ((await client.get(object)).status !== 200) failures.push(`${object.metadata.namespace}: ${id} went with the definition`);
  await removeAll(cluster, kept);
  return failures;
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WAIT_SECONDS * 1000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`after ${WAIT_SECONDS} s still not: ${what}`);
    await sleep(100);
  }
}
