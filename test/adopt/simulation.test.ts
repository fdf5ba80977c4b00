/** Adoption in a simulated cluster, stopped after any step, and taken back from there. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { LiveObject } from '../../src/adopt/live-object.ts';
import type { Adoption, Plan } from '../../src/adopt/observed.ts';
import { adoptionPlan } from '../../src/adopt/plan.ts';
import { firstPhase } from '../../src/adopt/step.ts';
import { undoPlan } from '../../src/adopt/undo-plan.ts';
import type { KubeObject } from '../../src/kube/types.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { INSTANCE, NAMESPACE, SimulatedCluster } from './simulated-cluster.ts';

const LABELS = { 'app.kubernetes.io/instance': INSTANCE, 'app.kubernetes.io/managed-by': 'openclaw-operator' };

function objectNamed(kind: string, name: string, content: object, apiVersion = 'v1'): JsonObject {
  return { apiVersion, kind, metadata: { name, labels: LABELS }, ...content };
}

const OPERATORS: readonly JsonObject[] = [
  objectNamed('Secret', 'ada-gateway-token', { data: { token: 'c2VjcmV0' } }),
  objectNamed('PersistentVolumeClaim', 'ada-data', { spec: { storageClassName: 'fast', size: '10Gi' } }),
  objectNamed('ConfigMap', 'ada-config', { data: { 'openclaw.json': '{}', 'nginx.conf': 'old' } }),
  objectNamed('StatefulSet', 'ada', { spec: { replicas: 3, command: 'old', image: 'openclaw:1' } }, 'apps/v1'),
  objectNamed('Service', 'ada-metrics', { spec: { port: 9090 } }),
];

function rendered(kind: string, name: string, content: object, apiVersion = 'v1'): KubeObject {
  return { apiVersion, kind, metadata: { name, labels: { ...LABELS, 'app.kubernetes.io/managed-by': 'openclaw-gitops' } }, ...content };
}

const MANIFESTS: readonly KubeObject[] = [
  rendered('Secret', 'ada-gateway-token', {}),
  rendered('ConfigMap', 'ada-config', { data: { 'openclaw.json': '{"new":1}' } }),
  rendered('ConfigMap', 'ada-programs', { data: { 'prepare.mjs': 'new' } }),
  rendered('PersistentVolumeClaim', 'ada-data', { spec: { size: '10Gi' } }),
  rendered('StatefulSet', 'ada', { spec: { image: 'openclaw:2' } }, 'apps/v1'),
];

const ADOPTION: Adoption = {
  namespace: NAMESPACE,
  name: INSTANCE,
  engine: 'argocd',
  operatorManager: 'manager',
  operatorIsStopped: false,
  deletesInstance: true,
  prunes: true,
};

/** Goes on until nothing is left or `stop` steps are done; tells how many there were. */
function run(cluster: SimulatedCluster, planOf: typeof adoptionPlan, adoption: Adoption, stop = Number.POSITIVE_INFINITY): number {
  let done = 0;
  for (;;) {
    const observed = cluster.observed(MANIFESTS, adoption);
    const { steps, problems }: Plan = planOf(observed, adoption);
    assert.deepEqual(problems, []);
    if (steps.length === 0) return done;
    for (const step of firstPhase(steps)) {
      if (done === stop) return done;
      cluster.act(step, observed, adoption);
      done += 1;
      assert.ok(done < 200, 'comes to an end');
      keepsData(cluster);
      if (step.type === 'forget') return done;
    }
  }
}

function keepsData(cluster: SimulatedCluster): void {
  assert.deepEqual(live(cluster, '/Secret/ada-gateway-token')['data'], { token: 'c2VjcmV0' });
  assert.equal((live(cluster, '/PersistentVolumeClaim/ada-data')['spec'] as JsonObject)['storageClassName'], 'fast');
}

function live(cluster: SimulatedCluster, key: string): LiveObject {
  const object = cluster.objects.get(key);
  assert.ok(object !== undefined, `${key} is gone`);
  return object;
}

function uids(cluster: SimulatedCluster): Map<string, string> {
  return new Map([...cluster.objects].map(([key, { metadata }]) => [key, metadata.uid]));
}

/** All but versions, and which instance it is that owns. */
function picture(cluster: SimulatedCluster): unknown {
  return [...cluster.objects.values()]
    .map(({ metadata, ...content }) => ({
      content,
      labels: metadata.labels,
      managers: (metadata.managedFields ?? []).map(({ manager, operation }) => `${manager} ${operation}`),
      owners: (metadata.ownerReferences ?? []).map(({ uid, ...owner }) => ({ ...owner, isThere: uid === cluster.instance?.metadata.uid })),
      name: metadata.name,
    }))
    .sort((left, right) => (`${left.content.kind}${left.name}` < `${right.content.kind}${right.name}` ? -1 : 1));
}

function adopted(cluster: SimulatedCluster): void {
  assert.equal(cluster.instance, null);
  assert.deepEqual([...cluster.objects.keys()].sort(), [
    '/ConfigMap/ada-config',
    '/ConfigMap/ada-programs',
    '/PersistentVolumeClaim/ada-data',
    '/Secret/ada-gateway-token',
    'apps/StatefulSet/ada',
  ]);
  assert.deepEqual(live(cluster, '/ConfigMap/ada-config')['data'], { 'openclaw.json': '{"new":1}' });
  // The autoscaler's count stays, the operator's command goes.
  assert.deepEqual(live(cluster, 'apps/StatefulSet/ada')['spec'], { replicas: 3, image: 'openclaw:2' });
  for (const { metadata } of cluster.objects.values()) assert.deepEqual(metadata.ownerReferences ?? [], []);
}

const TOTAL = run(new SimulatedCluster(OPERATORS), adoptionPlan, ADOPTION);

describe('an adoption', () => {
  test('has steps of every kind', () => {
    assert.ok(TOTAL > 15, String(TOTAL));
    adopted(ranWhole());
  });

  for (let stop = 0; stop <= TOTAL; stop += 1) {
    test(`P5 that is stopped after ${stop} of ${TOTAL} steps goes on to the same end, and nothing is made anew`, () => {
      const cluster = new SimulatedCluster(OPERATORS);
      const before = uids(cluster);
      run(cluster, adoptionPlan, ADOPTION, stop);
      run(cluster, adoptionPlan, ADOPTION);
      adopted(cluster);
      for (const [key, uid] of uids(cluster)) assert.ok(before.get(key) === uid || key === '/ConfigMap/ada-programs', key);
      assert.equal(run(cluster, adoptionPlan, ADOPTION), 0);
    });

    test(`P5 that is taken back after ${stop} of ${TOTAL} steps leaves what was there`, () => {
      const cluster = new SimulatedCluster(OPERATORS);
      const before = picture(cluster);
      run(cluster, adoptionPlan, ADOPTION, stop);
      if (cluster.record !== null) run(cluster, undoPlan, ADOPTION);
      assert.deepEqual(picture(cluster), before);
      assert.notEqual(cluster.instance, null);
      assert.equal(cluster.record, null);
    });
  }

  test('is refused beside a running operator, also in between', () => {
    for (let stop = 0; stop < TOTAL; stop += 1) {
      const cluster = new SimulatedCluster(OPERATORS);
      run(cluster, adoptionPlan, ADOPTION, stop);
      cluster.operatorRuns = true;
      assert.match(
        adoptionPlan(cluster.observed(MANIFESTS, ADOPTION), ADOPTION).problems.join(),
        /the operator runs/,
        `after ${stop} steps`,
      );
    }
  });
});

function ranWhole(): SimulatedCluster {
  const cluster = new SimulatedCluster(OPERATORS);
  run(cluster, adoptionPlan, ADOPTION);
  return cluster;
}
