import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, type Json } from '../shape.ts';
import { field, POD, refusals, rendered, SET, testRows } from './rendered.ts';

const HPA = 'HorizontalPodAutoscaler/bot';
const ON = '{availability: {autoScaling: {enabled: true}}}';
const TEMPLATE = 'spec.volumeClaimTemplates[0]';
const CLAIM = 'PersistentVolumeClaim/bot-data';

function withVolume(fields: string): string {
  return `{availability: {autoScaling: {enabled: true}}, storage: {persistence: {${fields}}}}`;
}

function cpu(averageUtilization: number): Json {
  return { resource: { name: 'cpu', target: { averageUtilization, type: 'Utilization' } }, type: 'Resource' };
}

testRows([
  ['POD-007 ARD-092 the autoscaler has the number of replicas', ON, SET, 'spec.replicas', absent],
  ['ARD-091 only when it is switched on', '{availability: {autoScaling: {minReplicas: 2}}}', HPA, 'kind', absent],
  ['ARD-091 off again', '{availability: {autoScaling: {enabled: false}}}', HPA, 'kind', absent],
  ['ARD-091 the least', ON, HPA, 'spec.minReplicas', 1],
  ['ARD-091 the most', ON, HPA, 'spec.maxReplicas', 5],
  ['ARD-091 CPU', ON, HPA, 'spec.metrics', [cpu(80)]],
  [
    'ARD-091 memory comes second',
    '{availability: {autoScaling: {enabled: true, targetCPUUtilization: 60, targetMemoryUtilization: 70}}}',
    HPA,
    'spec.metrics',
    [cpu(60), { resource: { name: 'memory', target: { averageUtilization: 70, type: 'Utilization' } }, type: 'Resource' }],
  ],
  ['ARD-091 other bounds', '{availability: {autoScaling: {enabled: true, minReplicas: 2, maxReplicas: 9}}}', HPA, 'spec.maxReplicas', 9],
  ['ARD-092 its target', ON, HPA, 'spec.scaleTargetRef', { apiVersion: 'apps/v1', kind: 'StatefulSet', name: '<name>' }],
  [
    'POD-015 POD-019 ARD-093 one claim template, with the labels that can never change, and no annotations',
    ON,
    SET,
    'spec.volumeClaimTemplates',
    [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name: 'data',
          labels: {
            'app.kubernetes.io/name': 'openclaw',
            'app.kubernetes.io/instance': '<name>',
            'app.kubernetes.io/managed-by': 'openclaw-operator',
          },
        },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } }, volumeMode: 'Filesystem' },
      },
    ],
  ],
  ['POD-015 ARD-093 no volume of that name', ON, SET, `${POD}.volumes[name=data]`, absent],
  ['ARD-093 no claim of the instance', ON, CLAIM, 'kind', absent],
  ['POD-016 ARD-093 the size', withVolume('size: 20Gi'), SET, `${TEMPLATE}.spec.resources.requests.storage`, '20Gi'],
  [
    'POD-017 ARD-093 the access modes',
    withVolume('accessModes: [ReadWriteOncePod]'),
    SET,
    `${TEMPLATE}.spec.accessModes`,
    ['ReadWriteOncePod'],
  ],
  ['POD-018 ARD-093 the class', withVolume('storageClass: fast'), SET, `${TEMPLATE}.spec.storageClassName`, 'fast'],
  ['POD-018 no class', ON, SET, `${TEMPLATE}.spec.storageClassName`, absent],
  ['POD-021 ARD-094 no volume: no template', withVolume('enabled: false'), SET, 'spec.volumeClaimTemplates', absent],
  ['POD-021 ARD-094 no volume: emptyDir', withVolume('enabled: false'), SET, `${POD}.volumes[name=data].emptyDir`, { sizeLimit: '10Gi' }],
  ['POD-022 a claim of the user is not used', withVolume('existingClaim: mine'), SET, `${POD}.volumes[name=data]`, absent],
  ['POD-022 but one for each replica', withVolume('existingClaim: mine'), SET, `${TEMPLATE}.metadata.name`, 'data'],
]);

test('POD-022 whoever names a claim is told that it is not used', () => {
  assert.ok(rendered(withVolume('existingClaim: mine')).warnings.includes('autoscaling-claim'));
});

test('POD-008 POD-331 ARD-096 nobody scales what is suspended', () => {
  assert.deepEqual(refusals('{suspended: true, availability: {autoScaling: {enabled: true}}}'), [
    'autoscaling-suspended: "suspended" and "availability.autoScaling" exclude each other; expected one of the two',
  ]);
});

test('ARD-098 the least replicas are not above the most', () => {
  assert.deepEqual(refusals('{availability: {autoScaling: {enabled: true, minReplicas: 3, maxReplicas: 2}}}'), [
    'autoscaling-range: minReplicas, 3, is above maxReplicas, 2; expected at most that',
  ]);
});

test('POD-015 prepare and the agent work on the volume of the template', () => {
  const result = rendered(ON);
  for (const container of ['initContainers[name=prepare]', 'containers[name=openclaw]'])
    assert.notEqual(field(result, SET, `${POD}.${container}.volumeMounts[name=data]`), absent);
});
