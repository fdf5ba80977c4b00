/** Every golden output, applied: accepted, unchanged by a second apply, unchanged by the other engine, its pods admitted. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { podSecurity } from '../../../src/kube/pod-security.ts';
import { applyAll, removeAll, storedObjects } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { goldenCases } from '../golden-cases.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { admitPod, podOf } from '../pod-admission.ts';
import { provideReferences } from '../pod-references.ts';
import { reportQuota } from '../quota-status.ts';
import type { CheckResult } from '../report.ts';
import { content } from '../content.ts';
import { defineUserKinds } from '../user-kinds.ts';
import { restrictedIsNotEnforced } from './controls.ts';

const RELAXED_CASES = join(import.meta.dirname, '../relaxed-cases.txt');

export async function checkGoldens(cluster: Cluster): Promise<CheckResult> {
  const rows = [['case', 'objects', 'apply ms', 'again', 'other engine', 'restricted']];
  const failures: string[] = [];
  const relaxed: string[] = [];
  const cases = await goldenCases();
  const all = [...cases.values()].flat();
  await defineUserKinds(cluster.client, all);
  await withNamespaces(cluster.client, namespacesOf(all), async () => {
    for (const namespace of namespacesOf(all)) failures.push(...(await restrictedIsNotEnforced(cluster.client, namespace)));
    for (const [name, manifests] of cases) {
      try {
        const verdict = await judge(cluster, manifests);
        rows.push([
          name,
          String(manifests.length),
          verdict.applyMilliseconds.toFixed(0),
          verdict.again,
          verdict.otherEngine,
          verdict.relaxed.length === 0 ? 'yes' : verdict.relaxed.join('; '),
        ]);
        for (const line of verdict.relaxed) relaxed.push(`${name} ${line}`);
        failures.push(...verdict.failures.map((failure) => `${name}: ${failure}`));
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  });
  failures.push(...(await relaxationFailures(relaxed)));
  if (cases.size === 0) failures.push('no golden case has manifests');
  return { summary: `${rows.length - 1} of ${cases.size} cases`, rows, failures };
}

function namespacesOf(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set(manifests.flatMap(({ object }) => object.metadata.namespace ?? []));
}

interface Verdict {
  readonly applyMilliseconds: number;
  readonly again: string;
  readonly otherEngine: string;
  /** `Kind/name: fault; fault` for every pod that is denied. */
  readonly relaxed: readonly string[];
  readonly failures: readonly string[];
}

async function judge(cluster: Cluster, manifests: readonly Manifest[]): Promise<Verdict> {
  const failures: string[] = [];
  let provided: readonly Manifest[] = [];
  try {
    const start = performance.now();
    const first = await applyAll(cluster, manifests, 'argocd-controller');
    const applyMilliseconds = performance.now() - start;
    // The first update of a new claim writes the phase that its creation left empty; every later one must change nothing.
    const claims = manifests.filter(({ object }) => object.kind === 'PersistentVolumeClaim');
    await applyAll(cluster, claims, 'argocd-controller');
    const before = await storedObjects(cluster, manifests);
    const again = await applyAll(cluster, manifests, 'argocd-controller');
    const changed = again.filter((object, index) => {
      // Where controllers work, versions grow and claims get volumes without anybody applying.
      if (cluster.hasControllers) return content(object) !== content(before[index]);
      return object.metadata.resourceVersion !== before[index]?.metadata.resourceVersion || content(object) !== content(first[index]);
    });
    failures.push(...changed.map((object) => `${object.kind}/${object.metadata.name} changes when applied again`));
    const live = await storedObjects(cluster, manifests);
    const other = await applyAll(cluster, manifests, 'kustomize-controller', true);
    const fought = other.filter((object, index) => content(object) !== content(live[index]));
    failures.push(...fought.map((object) => `${object.kind}/${object.metadata.name} would be changed by another engine`));

    const quotas = cluster.hasControllers ? [] : manifests.filter(({ object }) => object.kind === 'ResourceQuota');
    for (const { object } of quotas) await reportQuota(cluster.client, object);
    const relaxed: string[] = [];
    for (const { id, object } of manifests) {
      const pod = podOf(object);
      if (!pod) continue;
      provided = [...provided, ...(await provideReferences(cluster.client, pod))];
      const { faults } = await admitPod(cluster.client, pod);
      const { level, reasons } = podSecurity(pod.spec, pod.metadata.annotations);
      if ((level === 'restricted') !== (faults.length === 0))
        failures.push(`${id}: we say ${level} (${reasons.join('; ')}), the server: ${faults.join('; ')}`);
      if (faults.length > 0) relaxed.push(`${withoutHash(id)}: ${faults.join('; ')}`);
    }
    return {
      applyMilliseconds,
      again: changed.length === 0 ? 'unchanged' : 'CHANGED',
      otherEngine: fought.length === 0 ? 'unchanged' : 'CHANGED',
      relaxed,
      failures,
    };
  } finally {
    await removeAll(cluster, [...manifests, ...provided]);
  }
}

/** A Job's name ends with a hash of its content, and the list is not to change with it. */
function withoutHash(id: string): string {
  return id.startsWith('Job/') ? id.replace(/-[0-9a-f]{10}$/, '-<hash>') : id;
}

/** The denied pods must be exactly the listed ones, fault by fault: the list is what a reviewer reads. */
async function relaxationFailures(found: readonly string[]): Promise<readonly string[]> {
  const lines = (await readFile(RELAXED_CASES, 'utf8')).split('\n');
  const listed = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return [
    ...found.filter((line) => !listed.includes(line)).map((line) => `denied, but not in relaxed-cases.txt: ${line}`),
    ...listed.filter((line) => !found.includes(line)).map((line) => `in relaxed-cases.txt, but not denied: ${line}`),
  ];
}
