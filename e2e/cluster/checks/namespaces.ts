/** A rendered namespace: who is admitted to it, how much fits into it, and what containers get that say nothing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { podSecurity } from '../../../src/kube/pod-security.ts';
import type { Container, PodSpec } from '../../../src/kube/types.ts';
import type { ApiAnswer, ApiClient, ApiObject } from '../api-client.ts';
import { applyAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { goldenCases } from '../golden-cases.ts';
import { only } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { podOf } from '../pod-admission.ts';
import { provideReferences } from '../pod-references.ts';
import { reportQuota } from '../quota-status.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';

const NAMESPACE = 'rendered-namespace';
const BASELINE = 'rendered-baseline';
const ANNOTATIONS = { 'gitops.openclaw.rocks/namespace': 'restricted' };
const CELL_WIDTH = 120;
/** The server's own view of a quota lags behind by moments. */
const LAG_MILLISECONDS = { most: 10_000, usual: 1000 };
/** Pods that differ from a hardened one in one field each, for the levels that golden pods do not show. */
const SAMPLES: readonly Partial<PodSpec & { readonly main: Container['securityContext'] }>[] = [
  { main: { privileged: true } },
  { main: { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } } },
  { main: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } } },
  { main: { runAsUser: 0, runAsNonRoot: false } },
  { main: { seccompProfile: { type: 'Unconfined' } } },
  { main: { seLinuxOptions: { type: 'spc_t' } } },
  { hostNetwork: true },
  { volumes: [{ name: 'v', hostPath: { path: '/' } }] },
  { volumes: [{ name: 'v', nfs: { path: '/', server: 'nfs.test' } }] },
  {},
];

export async function checkNamespaces(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const rows: string[][] = [];
  const failures: string[] = [];
  const expect = (what: string, found: string, expected: string | RegExp): void => {
    rows.push([what, found.length > CELL_WIDTH ? `${found.slice(0, CELL_WIDTH)}…` : found]);
    if (typeof expected === 'string' ? found !== expected : !expected.test(found))
      failures.push(`${what}: ${found}, expected: ${expected}`);
  };

  const manifests = renderedManifests({ name: 'bot', namespace: NAMESPACE, annotations: ANNOTATIONS, spec: {} });
  // Nothing prepares this namespace: it comes with the rendered objects, in their order.
  await applyAll(cluster, manifests, 'argocd-controller');
  try {
    const pods = podsOf(manifests);
    await client.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: NAMESPACE } });
    if (!cluster.hasControllers) {
      expect('a pod before the quota is reported', await dryRun(client, renamed(pods[0], 0)), '201');
      await reportQuota(client, only(manifests, 'ResourceQuota').object);
      expect('a claim under a quota that was raised and not yet reported', await claimRefusal(client), /^403 .*exceeded quota: claims/);
    }
    expect(
      'a privileged pod',
      await creation(client, sample(NAMESPACE, { main: { privileged: true } })),
      /violates PodSecurity "restricted/,
    );
    expect('a container that says nothing', await defaultsOf(client), 'requests 50m, 128Mi; limits 1, 1Gi');
    for (const round of [1, 2])
      for (const pod of pods) expect(`${pod.metadata.name}, ${round}`, await creation(client, renamed(pod, round)), '201');
    expect('one pod more', await creation(client, renamed(pods[0], 3)), /^403 .*exceeded quota: openclaw/);
  } finally {
    await client.remove(only(manifests, 'Namespace').object);
  }
  failures.push(...(await levelFailures(cluster, rows)));
  return { summary: `${rows.length} observations`, rows, failures };
}

/** Pod Security as we judge it against the server's: every golden pod and the samples, in a namespace that enforces `baseline`. */
async function levelFailures(cluster: Cluster, rows: string[][]): Promise<readonly string[]> {
  const { client } = cluster;
  const failures: string[] = [];
  const counts = { restricted: 0, baseline: 0, privileged: 0 };
  const label = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  await withNamespaces(client, [BASELINE], async () => {
    await client.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: BASELINE, labels: label } },
      { fieldManager: 'openclaw-gitops-e2e' },
    );
    const pods = SAMPLES.map((fields) => sample(BASELINE, fields));
    for (const manifests of (await goldenCases()).values()) pods.push(...podsOf(manifests));
    for (const pod of pods) {
      const here = { ...pod, metadata: { ...pod.metadata, namespace: BASELINE } };
      const { level, reasons } = podSecurity(pod.spec, pod.metadata.annotations);
      counts[level] += 1;
      await provideReferences(client, here);
      const { message, status } = await client.create(here, { dryRun: true });
      const admitted = status === 201;
      if (!admitted && !message.includes('violates PodSecurity "baseline')) failures.push(`${pod.metadata.name}: ${status} ${message}`);
      else if (admitted !== (level !== 'privileged'))
        failures.push(`${pod.metadata.name}: we say ${level} (${reasons.join('; ')}), the server ${status} ${message}`);
    }
  });
  rows.push([
    'pods judged by the server as by us',
    Object.entries(counts)
      .map(([level, count]) => `${count} ${level}`)
      .join(', '),
  ]);
  if (counts.baseline === 0 || counts.privileged === 0 || counts.restricted === 0) failures.push('a level has no pod');
  return failures;
}

type Pod = ApiObject & { readonly spec: PodSpec };

function podsOf(manifests: readonly Manifest[]): Pod[] {
  return manifests.flatMap(({ object }) => podOf(object) ?? []);
}

function renamed(pod: Pod | undefined, round: number): Pod {
  if (pod === undefined) throw new Error('no pod is rendered');
  return { ...pod, metadata: { ...pod.metadata, name: `${pod.metadata.name}-${round}` } };
}

function sample(namespace: string, { main, ...pod }: (typeof SAMPLES)[number]): Pod {
  const securityContext = {
    allowPrivilegeEscalation: main?.privileged === true,
    capabilities: { drop: ['ALL'] },
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    ...main,
  };
  const spec = { containers: [{ name: 'main', image: 'registry.test/main:1', securityContext }], ...pod };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `sample-${JSON.stringify({ main, ...pod }).length}`, namespace }, spec };
}

async function creation(client: ApiClient, pod: Pod): Promise<string> {
  const { message, status }: ApiAnswer = await client.create(pod);
  return `${status} ${message}`.trim();
}

async function dryRun(client: ApiClient, object: ApiObject): Promise<string> {
  const { message, status } = await client.create(object, { dryRun: true });
  return `${status} ${message}`.trim();
}

/** Why our quota counts pods only: what an engine applies together with a raised quota is judged by the old one. */
async function claimRefusal(client: ApiClient): Promise<string> {
  const quota = (count: string): ApiObject =>
    ({
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'claims', namespace: NAMESPACE },
      spec: { hard: { persistentvolumeclaims: count } },
    }) as ApiObject;
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'claim', namespace: NAMESPACE },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  } as ApiObject;
  await client.create(quota('0'));
  await reportQuota(client, quota('0'));
  const deadline = performance.now() + LAG_MILLISECONDS.most;
  while ((await dryRun(client, claim)) === '201' && performance.now() < deadline) await sleep(50);
  await client.apply(quota('9'), { fieldManager: 'openclaw-gitops-e2e' });
  await sleep(LAG_MILLISECONDS.usual);
  const found = await dryRun(client, claim);
  await client.remove(quota('9'));
  return found;
}

async function defaultsOf(client: ApiClient): Promise<string> {
  const { body, message, status } = await client.create(sample(NAMESPACE, {}), { dryRun: true });
  if (status !== 201) return message;
  const { limits, requests } = (body as Pod).spec.containers[0]?.resources ?? {};
  return `requests ${requests?.['cpu']}, ${requests?.['memory']}; limits ${limits?.['cpu']}, ${limits?.['memory']}`;
}
