/** A changed spec, applied over the old one: the server would refuse it if an immutable field had moved. */
import type { ApiObject } from '../api-client.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import { bindClaim } from '../bind-claim.ts';
import type { Cluster } from '../cluster.ts';
import { only } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { renderedManifests } from '../rendered.ts';
import type { BesideObject } from '../rendered.ts';
import type { CheckResult } from '../report.ts';
import type { SpecChange, UserSpec } from '../spec-change.ts';
import { SPEC_CHANGES } from '../spec-changes.ts';
import { content } from '../content.ts';

const NAMESPACE = 'immutable-fields';
const FIELD_MANAGER = 'argocd-controller';
/** A class as most clusters have one as their default; a claim of a class that forbids it cannot grow. */
const STORAGE_CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'openclaw-gitops-e2e' },
  provisioner: 'e2e.test/none',
  allowVolumeExpansion: true,
} as ApiObject;

export async function checkImmutableFields(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const { message, status } = await client.apply(STORAGE_CLASS, { fieldManager: 'openclaw-gitops-e2e' });
  if (status !== 200 && status !== 201) throw new Error(`StorageClass: ${status} ${message}`);
  const rows = [['change', 'StatefulSet', 'Job', 'changed, new (+) and removed (-) objects']];
  const failures: string[] = [];
  await withNamespaces(client, [NAMESPACE], async () => {
    for (const change of SPEC_CHANGES) {
      try {
        const outcome = await applied(cluster, change);
        rows.push([change.name, outcome.statefulSet, outcome.job, outcome.changed.join(' ')]);
        const expected = change.statefulSet === 'stays' ? 'stays' : 'changes';
        if (outcome.statefulSet !== expected)
          failures.push(`${change.name}: the StatefulSet ${outcome.statefulSet}, expected: ${expected}`);
        if (outcome.job !== change.job) failures.push(`${change.name}: the Job: ${outcome.job}, expected: ${change.job}`);
        failures.push(...outcome.replaced.map((id) => `${change.name}: ${id} is another object than before`));
      } catch (error) {
        failures.push(`${change.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  });
  await client.remove(STORAGE_CLASS);
  return { summary: `${rows.length - 1} of ${SPEC_CHANGES.length} changes`, rows, failures };
}

interface Outcome {
  readonly statefulSet: string;
  readonly job: string;
  /** Objects stored otherwise than before; `+` for new ones, `-` for those that an engine would prune. */
  readonly changed: readonly string[];
  /** Objects of the same name with another uid. */
  readonly replaced: readonly string[];
}

async function applied(cluster: Cluster, change: SpecChange): Promise<Outcome> {
  const before = rendered(change.before ?? {}, change.beside);
  const after = rendered(change.after, change.beside);
  try {
    const old = new Map<string, ApiObject>();
    for (const object of await applyAll(cluster, before, FIELD_MANAGER)) old.set(`${object.kind}/${object.metadata.name}`, object);
    if (change.bound) await bindClaim(cluster, only(before, 'PersistentVolumeClaim').object);
    const changed: string[] = [];
    const replaced: string[] = [];
    let statefulSet = 'is missing';
    for (const [index, object] of (await applyAll(cluster, after, FIELD_MANAGER)).entries()) {
      const id = after[index]?.id ?? '';
      const previous = old.get(id);
      if (!previous) changed.push(`+${id}`);
      else if (previous.metadata.uid !== object.metadata.uid) replaced.push(id);
      else if (content(previous) !== content(object)) changed.push(id);
      if (object.kind === 'StatefulSet') statefulSet = generationChange(previous, object);
    }
    const kept = new Set(after.map(({ id }) => id));
    changed.push(...before.filter(({ id }) => !kept.has(id)).map(({ id }) => `-${id}`));
    return { statefulSet, job: jobChange(before, after), changed, replaced };
  } finally {
    const ids = new Set(after.map(({ id }) => id));
    await removeAll(cluster, [...after, ...before.filter(({ id }) => !ids.has(id))]);
  }
}

function rendered({ storage, ...spec }: UserSpec, beside: readonly BesideObject[] = []): readonly Manifest[] {
  const persistence = { storageClass: STORAGE_CLASS.metadata.name, ...storage?.persistence };
  return renderedManifests({ name: 'bot', namespace: NAMESPACE, spec: { ...spec, storage: { persistence } }, beside });
}

/** The generation grows when the spec changes. */
function generationChange(previous: ApiObject | undefined, object: ApiObject): string {
  return previous?.metadata.generation === object.metadata.generation ? 'stays' : 'changes';
}

/** By the rendered Jobs: a name that stays must mean a spec that stays, which the server has just confirmed. */
function jobChange(before: readonly Manifest[], after: readonly Manifest[]): string {
  if (jobNames(after) === '') return 'is gone';
  return jobNames(before) === jobNames(after) ? 'stays' : 'other name';
}

function jobNames(manifests: readonly Manifest[]): string {
  return manifests.flatMap(({ object }) => (object.kind === 'Job' ? [object.metadata.name] : [])).join(' ');
}
