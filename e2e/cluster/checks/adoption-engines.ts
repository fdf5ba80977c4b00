/**
 * Adoption beside what the engines do themselves, before it and after it: Argo CD with its annotation and with its label, by server-side
 * and by client-side apply, whose requests are imitated, and Flux by its own code with its labels and its take-over of the operator's fields.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdoptionRun } from '../adoption-run.ts';
import type { ApiAnswer } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { fluxApply } from '../flux-apply.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import { manifestOf, type Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { operatorFixture, OPERATOR_MANAGER } from '../operator-fixture.ts';
import type { CheckResult } from '../report.ts';
import { collectorWorks, defineInstances } from './adoption.ts';

interface EngineForm {
  readonly name: string;
  readonly engine: 'argocd' | 'flux';
  /** Gives what the API server refuses. */
  readonly sync: (cluster: Cluster, manifests: readonly Manifest[]) => Promise<readonly string[]>;
}

const ROOT = join(import.meta.dirname, '../../..');
const ARGOCD = 'argocd-controller';
const FORMS: readonly EngineForm[] = [
  { name: 'argocd-annotation', engine: 'argocd', sync: (cluster, manifests) => serverSide(cluster, manifests.map(annotated)) },
  { name: 'argocd-label', engine: 'argocd', sync: (cluster, manifests) => serverSide(cluster, manifests.map(labelled)) },
  { name: 'argocd-client-side', engine: 'argocd', sync: (cluster, manifests) => clientSide(cluster, manifests.map(annotated)) },
  { name: 'argocd-client-side-label', engine: 'argocd', sync: (cluster, manifests) => clientSide(cluster, manifests.map(labelled)) },
  { name: 'flux', engine: 'flux', sync: (cluster, manifests) => flux(cluster, manifests, []) },
  { name: 'flux-override', engine: 'flux', sync: (cluster, manifests) => flux(cluster, manifests, [OPERATOR_MANAGER]) },
];

export async function checkAdoptionEngines(cluster: Cluster): Promise<CheckResult> {
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-adoption-engines-'));
  const controllers = cluster.hasControllers ? null : await startControllers(cluster.client.connection);
  const rows: string[][] = [];
  const failures: string[] = [];
  const namespace = (form: EngineForm, order: string): string => `engine-${order}-${form.name}`;
  const orders = ['after', 'before'] as const;
  try {
    await writeKubeconfig(join(directory, 'kubeconfig'), cluster.client.connection);
    execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'ignore' });
    await defineInstances(cluster);
    await withNamespaces(
      cluster.client,
      ['engine-control', ...FORMS.flatMap((form) => orders.map((order) => namespace(form, order)))],
      async () => {
        await collectorWorks(cluster, 'engine-control');
        for (const form of FORMS) {
          for (const order of orders) {
            const run = new AdoptionRun(cluster, directory, await operatorFixture('minimal', namespace(form, order)), form.engine);
            try {
              await run.withEngine(order, (manifests) => form.sync(cluster, manifests));
            } catch (error) {
              run.failures.push(error instanceof Error ? error.message : String(error));
            }
            rows.push([form.name, `syncs ${order} adopt`, run.failures.length === 0 ? 'no difference, and a way back' : 'failed']);
            failures.push(...run.failures.map((failure) => `${form.name}, ${order}: ${failure}`));
          }
        }
        await controllers?.assertRuns();
      },
    );
  } finally {
    await controllers?.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return { summary: `${rows.length} adoptions beside an engine`, rows, failures };
}

function annotated(manifest: Manifest): Manifest {
  return marked(manifest, { annotations: { 'argocd.argoproj.io/tracking-id': `fleet:${manifest.id}` } });
}

/** The label of applications is ours too; Argo CD writes the name of its Application into it. */
function labelled(manifest: Manifest): Manifest {
  return marked(manifest, { labels: { 'app.kubernetes.io/instance': 'fleet' } });
}

type Marks = Partial<Record<'annotations' | 'labels', Readonly<Record<string, string>>>>;

function marked({ object }: Manifest, { annotations, labels }: Marks): Manifest {
  const metadata = {
    ...object.metadata,
    ...(annotations && { annotations: { ...object.metadata.annotations, ...annotations } }),
    ...(labels && { labels: { ...object.metadata.labels, ...labels } }),
  };
  return manifestOf({ ...object, metadata });
}

type Send = (manifest: Manifest) => Promise<ApiAnswer>;

async function synced(manifests: readonly Manifest[], send: Send): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (const manifest of manifests) {
    const { status, message } = await send(manifest);
    if (status !== 200 && status !== 201) refusals.push(`${manifest.id}: ${status} ${message}`);
  }
  return refusals;
}

async function serverSide({ client }: Cluster, manifests: readonly Manifest[]): Promise<readonly string[]> {
  return await synced(manifests, ({ object, text }) => client.apply(object, { fieldManager: ARGOCD, text }));
}

/** As updates, with the annotation in which client-side apply remembers what it said. */
async function clientSide({ client }: Cluster, manifests: readonly Manifest[]): Promise<readonly string[]> {
  return await synced(manifests, async (manifest) => {
    const { object } = marked(manifest, { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': manifest.text } });
    const path = await client.path(object);
    const isThere = (await client.get(object)).status === 200;
    // Lists join by key only in this form of a patch, which definitions of others do not have; none of those are here.
    return isThere
      ? await client.send('PATCH', `${path}?fieldManager=${ARGOCD}`, object, 'application/strategic-merge-patch+json')
      : await client.send('POST', `${path.slice(0, path.lastIndexOf('/'))}?fieldManager=${ARGOCD}`, object);
  });
}

/** By Flux's own code: all or nothing of the specifications, for it tries everything by a dry run first. */
async function flux(cluster: Cluster, manifests: readonly Manifest[], overridden: readonly string[]): Promise<readonly string[]> {
  return (await fluxApply(cluster, [manifests], overridden)).flatMap(({ error }) => error ?? []);
}
