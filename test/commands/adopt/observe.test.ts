/** What is seen of a cluster while others write to it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Cluster } from '../../../src/adapters/cluster.ts';
import type { Verdict } from '../../../src/adopt/observed.ts';
import { observe } from '../../../src/commands/adopt/observe.ts';
import type { KubeObject } from '../../../src/kube/types.ts';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { ADOPTION } from '../../adopt/adoption.ts';

const MANIFEST: KubeObject = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'ada', namespace: 'agents' } };
/** What an apply of the manifest makes of an object. */
type Applied = (live: JsonObject) => JsonObject;
const SAME: Applied = (live) => live;
const SCALED: Applied = (live) => ({ ...live, spec: { replicas: 1 } });

describe('the verdict on a rendered object', () => {
  for (const [title, changes, replicas, applied, verdict] of [
    ['that nobody touches, and that stays', 0, 1, SAME, 'unchanged'],
    ['that nobody touches, and that changes', 0, 0, SCALED, 'changes'],
    ['whose status has just been written, and that stays', 1, 1, SAME, 'unchanged'],
    ['whose status has just been written, and that changes', 1, 0, SCALED, 'changes'],
    ['whose status is written three times meanwhile, and that stays', 3, 1, SAME, 'unchanged'],
    ['whose status is never still, and that stays', Number.POSITIVE_INFINITY, 1, SAME, 'unchanged'],
    ['whose status is never still, and that changes', Number.POSITIVE_INFINITY, 0, SCALED, 'changes'],
  ] as const) {
    test(`${title}, is "${verdict}"`, async () => assert.equal(await verdictOf(busyCluster(replicas, changes, applied)), verdict));
  }

  test('of which somebody has just taken the last away is "changes"', async () => {
    const cluster = busyCluster(1, 0, SAME);
    const rehearsing = { ...cluster, apply: async () => statefulSet(2, 9) };
    assert.equal(await verdictOf({ ...cluster, rehearsing, get: async () => null }), 'changes');
  });

  test('that somebody has just made what it is to be is "unchanged"', async () => {
    const cluster = busyCluster(0, 0, SAME);
    const later = async () => statefulSet(1, 2);
    const get: Cluster['get'] = async ({ kind }) => (kind === 'StatefulSet' ? await later() : null);
    assert.equal(await verdictOf({ ...cluster, rehearsing: { ...cluster, apply: later }, get }), 'unchanged');
  });
});

async function verdictOf(cluster: Cluster): Promise<Verdict> {
  const { rendered } = await observe(cluster, ADOPTION, [MANIFEST], true);
  assert.equal(rendered.length, 1);
  return rendered[0]!.verdict;
}

/** With one StatefulSet, whose status somebody writes before each of the first answers to an apply. */
function busyCluster(replicas: number, changes: number, applied: Applied): Cluster {
  let version = 1;
  const never = async (): Promise<never> => await Promise.reject(new Error('nobody may ask for this'));
  const cluster: Omit<Cluster, 'rehearsing'> = {
    context: 'busy',
    serves: async (_, kind) => kind === 'StatefulSet',
    get: async ({ kind }) => (kind === 'StatefulSet' ? statefulSet(replicas, version) : null),
    list: async (_, kind) => (kind === 'StatefulSet' ? [statefulSet(replicas, version)] : []),
    create: never,
    replace: never,
    patch: never,
    apply: never,
    remove: never,
    close: () => {},
  };
  const apply: Cluster['apply'] = async () => {
    if (version <= changes) version += 1;
    return applied(statefulSet(replicas, version));
  };
  return { ...cluster, rehearsing: { ...cluster, apply } as unknown as Cluster };
}

/** Of a later version, with more in its status. */
function statefulSet(replicas: number, version: number): JsonObject {
  const status = Object.fromEntries(Array.from({ length: version }, (_, at) => [`seen${at}`, true]));
  const owned = (fields: JsonObject): JsonObject => Object.fromEntries(Object.keys(fields).map((key): [string, Json] => [`f:${key}`, {}]));
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: 'ada',
      namespace: 'agents',
      uid: 'u',
      resourceVersion: String(version),
      managedFields: [
        { manager: 'argocd-controller', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:replicas': {} } } },
        { manager: 'kube-controller-manager', operation: 'Update', subresource: 'status', fieldsV1: { 'f:status': owned(status) } },
      ],
    },
    spec: { replicas },
    status,
  };
}
