/** With the real controller of StatefulSets: each change starts as many new revisions of the pods as it is said to, one or none. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { StatefulSet } from '../../../src/kube/types.ts';
import type { ApiObject } from '../api-client.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { manifestOf, only } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';
import { SPEC_CHANGES } from '../spec-changes.ts';

const NAMESPACE = 'rollouts';
const SEEN_TIMEOUT_SECONDS = 60;

interface Rollout {
  readonly name: string;
  readonly before: readonly Manifest[];
  readonly after: readonly Manifest[];
  readonly engine: string;
  readonly revisions: 0 | 1;
}

export async function checkRollouts(cluster: Cluster): Promise<CheckResult> {
  const controllers = cluster.hasControllers ? null : await startControllers(cluster.client.connection);
  const rows: string[][] = [['change', 'new revisions']];
  const failures: string[] = [];
  const all = rollouts();
  try {
    await withNamespaces(cluster.client, [NAMESPACE], async () => {
      for (const rollout of all) {
        try {
          const found = await newRevisions(cluster, rollout);
          rows.push([rollout.name, String(found)]);
          if (found !== rollout.revisions) failures.push(`${rollout.name}: ${found} new revisions, expected: ${rollout.revisions}`);
        } catch (error) {
          await controllers?.assertRuns();
          failures.push(`${rollout.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    });
  } finally {
    await controllers?.stop();
  }
  for (const revisions of [0, 1])
    if (!all.some((rollout) => rollout.revisions === revisions)) failures.push(`no change is expected to make ${revisions} revisions`);
  return { summary: `${rows.length - 1} of ${all.length} changes`, rows, failures };
}

function rollouts(): readonly Rollout[] {
  const plain = renderedManifests({ name: 'plain', namespace: NAMESPACE, spec: {} });
  const found: Rollout[] = [
    { name: 'another engine', before: plain, after: plain, engine: 'kustomize-controller', revisions: 0 },
    { name: 'other bytes of our programs', before: plain, after: plain.map(newerProgram), engine: 'argocd-controller', revisions: 0 },
  ];
  if (found[1]?.after.every((manifest, index) => manifest === plain[index])) throw new Error('no program is rendered');
  for (const [index, change] of SPEC_CHANGES.entries()) {
    // Only a bound claim grows, which the check of immutable fields shows.
    if (change.bound) continue;
    const [before, after] = [change.before ?? {}, change.after].map((spec) =>
      renderedManifests({ name: `bot-${index}`, namespace: NAMESPACE, spec, beside: change.beside ?? [] }),
    ) as [readonly Manifest[], readonly Manifest[]];
    found.push({ name: change.name, before, after, engine: 'argocd-controller', revisions: change.statefulSet === 'rolls out' ? 1 : 0 });
  }
  return found;
}

function newerProgram(manifest: Manifest): Manifest {
  const { object } = manifest;
  if (object.kind !== 'ConfigMap' || !object.metadata.name.endsWith('-programs')) return manifest;
  const { data } = object as ApiObject & { readonly data: Readonly<Record<string, string>> };
  const newer = Object.fromEntries(Object.entries(data).map(([file, text]) => [file, `${text}\n// newer\n`]));
  return manifestOf({ ...object, data: newer } as ApiObject);
}

async function newRevisions(cluster: Cluster, { after, before, engine }: Rollout): Promise<number> {
  try {
    await applyAll(cluster, before, 'argocd-controller');
    const old = await seenRevisions(cluster, only(before, 'StatefulSet'));
    await applyAll(cluster, after, engine);
    const current = await seenRevisions(cluster, only(after, 'StatefulSet'));
    return [...current].filter((revision) => !old.has(revision)).length;
  } finally {
    const kept = new Set(after.map(({ id }) => id));
    await removeAll(cluster, [...after, ...before.filter(({ id }) => !kept.has(id))]);
  }
}

/** Names of the set's revisions, once its controller has seen what is stored. */
async function seenRevisions({ client }: Cluster, { id, object }: Manifest): Promise<ReadonlySet<string>> {
  const deadline = performance.now() + SEEN_TIMEOUT_SECONDS * 1000;
  for (;;) {
    const { metadata, status } = (await client.get(object)).body as StatefulSet;
    if (status?.observedGeneration === metadata?.generation && status?.updateRevision) {
      const list = await client.send('GET', `/apis/apps/v1/namespaces/${NAMESPACE}/controllerrevisions`);
      const { items } = list.body as { readonly items: readonly ApiObject[] };
      const own = items.filter((item) => item.metadata.ownerReferences?.some(({ uid }) => uid === metadata?.uid));
      return new Set(own.map((item) => item.metadata.name));
    }
    if (performance.now() > deadline) throw new Error(`${id}: its controller has not seen it`);
    await sleep(50);
  }
}
