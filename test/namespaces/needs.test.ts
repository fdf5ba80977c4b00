import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeObject } from '../../src/kube/types.ts';
import { needsOf } from '../../src/namespaces/needs.ts';

const MEBI = 1_048_576n * 1_000_000_000n;
const container = (name: string, cpu: string, rest: object = {}): object => ({
  name,
  resources: {
    requests: { cpu, memory: '100Mi', 'ephemeral-storage': '10Mi' },
    limits: { cpu: '1', memory: '200Mi', 'ephemeral-storage': '20Mi' },
  },
  ...rest,
});
const workload = (kind: string, name: string, pod: object, spec: object = {}): KubeObject =>
  ({ apiVersion: 'x', kind, metadata: { name }, spec: { ...spec, template: { spec: pod } } }) as unknown as KubeObject;
const cpuOf = (...objects: readonly KubeObject[]): number => Number(needsOf(objects).requests.cpu / 1_000_000n);
const scaler = (name: string): KubeObject =>
  ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'h' },
    spec: { maxReplicas: 4, scaleTargetRef: { kind: 'StatefulSet', name } },
  }) as unknown as KubeObject;

const AGENT = { containers: [container('a', '100m'), container('b', '50m')] };

const rows: readonly (readonly [string, number, number])[] = [
  ['all containers of a pod', cpuOf(workload('StatefulSet', 's', AGENT)), 150],
  [
    'a larger init container counts alone',
    cpuOf(workload('StatefulSet', 's', { ...AGENT, initContainers: [container('i', '900m')] })),
    900,
  ],
  ['a smaller one does not', cpuOf(workload('StatefulSet', 's', { ...AGENT, initContainers: [container('i', '90m')] })), 150],
  [
    'a sidecar counts beside all',
    cpuOf(workload('StatefulSet', 's', { ...AGENT, initContainers: [container('s', '20m', { restartPolicy: 'Always' })] })),
    170,
  ],
  [
    'an init container counts with the sidecars before it',
    cpuOf(
      workload('StatefulSet', 's', {
        ...AGENT,
        initContainers: [
          container('s', '20m', { restartPolicy: 'Always' }),
          container('i', '200m'),
          container('t', '20m', { restartPolicy: 'Always' }),
        ],
      }),
    ),
    220,
  ],
  ['replicas', cpuOf(workload('StatefulSet', 's', AGENT, { replicas: 3 })), 450],
  ['a suspended agent counts', cpuOf(workload('StatefulSet', 's', AGENT, { replicas: 0 })), 150],
  ['as many as the autoscaler may make', cpuOf(workload('StatefulSet', 's', AGENT), scaler('s'), scaler('other')), 600],
  ['a Job', cpuOf(workload('StatefulSet', 's', AGENT), workload('Job', 'j', { containers: [container('j', '7m')] })), 157],
  [
    'a CronJob',
    cpuOf({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'c' },
      spec: { jobTemplate: { spec: { template: { spec: { containers: [container('c', '3m')] } } } } },
    } as unknown as KubeObject),
    3,
  ],
  ['a limit alone is a request', cpuOf(workload('Job', 'j', { containers: [{ name: 'a', resources: { limits: { cpu: '300m' } } }] })), 300],
  ['nothing said is what the LimitRange gives', cpuOf(workload('Job', 'j', { containers: [{ name: 'a' }] })), 50],
  ['other objects need nothing', cpuOf({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } }), 0],
];
for (const [title, found, expected] of rows) {
  test(`needs: ${title}`, () => {
    assert.equal(found, expected);
  });
}

test('needs: pods, memory, disk and limits', () => {
  const needs = needsOf([
    workload('StatefulSet', 's', AGENT, { replicas: 2 }),
    workload('Job', 'j', { containers: [container('j', '7m')] }),
  ]);
  assert.equal(needs.pods, 3);
  assert.deepEqual([needs.requests.memory / MEBI, needs.requests['ephemeral-storage'] / MEBI], [500n, 50n]);
  assert.deepEqual([needs.limits.cpu / 1_000_000n, needs.limits.memory / MEBI], [5000n, 1000n]);
});
