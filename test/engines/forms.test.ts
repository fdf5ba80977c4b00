/** No output has a form that an engine shows as changed for ever, cannot apply or cannot guard. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import type { StatefulSet } from '../../src/kube/types.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { renderedSpec } from '../properties/rendered.ts';
import { spec } from '../properties/spec-arbitrary.ts';
import { engineFaults } from './forms.ts';

const GOLDEN = join(import.meta.dirname, '../../golden');
const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** What users keep beside their agents passes through as it is. */
function ours(objects: readonly JsonObject[]): JsonObject[] {
  return objects.filter((object) => (object['metadata'] as { labels?: Record<string, Json> }).labels?.[MANAGED_BY] === 'openclaw-gitops');
}

const HARDENED = { securityContext: { capabilities: { add: [] } } };
const POD = { shareProcessNamespace: false, hostNetwork: false, hostPID: false, hostIPC: false, tolerations: [] };
const agent = (pod: JsonObject, more: JsonObject = {}): JsonObject => ({
  kind: 'StatefulSet',
  metadata: { name: 'bot' },
  spec: { template: { spec: { ...POD, containers: [], ...pod } }, ...more },
});
const service = (port: JsonObject): JsonObject => ({
  kind: 'Service',
  metadata: { name: 'bot' },
  spec: { externalIPs: [], ports: [port] },
});
const main = (more: JsonObject): JsonObject => agent({ containers: [{ name: 'main', ...HARDENED, ...more }] });
const claim = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { volumeMode: 'Filesystem' } };

/** Objects with one fault each, so that the search itself is known to find it. */
const FAULTY: readonly (readonly [title: string, fault: RegExp, ...objects: JsonObject[]])[] = [
  ['a label that is null', /labels\.team: null/, { kind: 'Role', metadata: { name: 'bot', labels: { team: null } } }],
  ['an annotation that is a number', /annotations\.n: not a text/, { kind: 'Role', metadata: { name: 'bot', annotations: { n: 1 } } }],
  ['a ConfigMap value that is true', /data\.a: not a text/, { kind: 'ConfigMap', metadata: { name: 'bot' }, data: { a: true } }],
  ['a node port of 0', /nodePort: 0/, service({ nodePort: 0 })],
  ['a target port in quotes', /targetPort: a number in quotes/, service({ targetPort: '80' })],
  ['a port of a probe in quotes', /httpGet\.port: a number in quotes/, main({ livenessProbe: { httpGet: { port: '80' } } })],
  [
    'a disruption budget in quotes',
    /minAvailable: a number/,
    { kind: 'PodDisruptionBudget', metadata: { name: 'b' }, spec: { minAvailable: '1' } },
  ],
  [
    'a claim template without kind',
    /volumeClaimTemplates\[0\]\.kind/,
    agent({}, { volumeClaimTemplates: [{ apiVersion: 'v1', spec: claim.spec }] }),
  ],
  ['a claim template without volumeMode', /\.volumeMode/, agent({}, { volumeClaimTemplates: [{ ...claim, spec: {} }] })],
  ['a resource without divisor', /no divisor/, main({ env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }] })],
  ['a variable twice', /A twice/, main({ env: [{ name: 'A' }, { name: 'A' }] })],
  ['a mount path twice', /\/a twice/, main({ volumeMounts: [{ mountPath: '/a' }, { mountPath: '/a' }] })],
  [
    'replicas beside an autoscaler',
    /autoscaler/,
    agent({}, { replicas: 1 }),
    { kind: 'HorizontalPodAutoscaler', spec: { scaleTargetRef: { name: 'bot' } } },
  ],
  ['a sync wave', /sync wave/, { kind: 'Role', metadata: { name: 'bot', annotations: { 'argocd.argoproj.io/sync-wave': '1' } } }],
  [
    'no tolerations',
    /tolerations: not printed/,
    { kind: 'Job', spec: { template: { spec: { ...POD, tolerations: undefined as never } } } },
  ],
  [
    'pods of a Job under the label that Argo CD tracks',
    /pruned where Argo CD tracks by label/,
    { kind: 'Job', spec: { template: { metadata: { labels: { 'app.kubernetes.io/instance': 'bot' } }, spec: POD } } },
  ],
  ['no capabilities.add', /capabilities\.add is not printed/, agent({ containers: [{ name: 'main' }] })],
  ['a CronJob without suspend', /suspend: not printed/, { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: POD } } } } }],
  ['a Service without external addresses', /externalIPs: not printed/, { kind: 'Service', spec: {} }],
];

describe('engines are spared', () => {
  for (const [title, fault, ...objects] of FAULTY) {
    test(`${title}, which is found`, () => {
      const found = engineFaults(objects);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', fault);
    });
  }

  test('forms with a permanent difference, in every golden output', () => {
    let seen = 0;
    for (const name of readdirSync(GOLDEN)) {
      const file = join(GOLDEN, name, 'expected.yaml');
      if (!existsSync(file)) continue;
      const objects = parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as JsonObject);
      const rendered = ours(objects);
      seen += rendered.length;
      assert.deepEqual(engineFaults(rendered), [], name);
    }
    assert.ok(seen > 1000, `${seen} objects`);
  });

  test('references without what the server adds to them, in volumes of the user', () => {
    const items = [
      { path: 'memory', resourceFieldRef: { containerName: 'openclaw', resource: 'limits.memory' } },
      { path: 'uid', fieldRef: { fieldPath: 'metadata.uid' } },
    ];
    const sources = [
      { serviceAccountToken: { path: 'token', audience: 'vault' } },
      { downwardAPI: { items } },
      { configMap: { name: 'facts' } },
    ];
    const extraVolumes = [
      { name: 'limits', downwardAPI: { items } },
      { name: 'identity', projected: { sources } },
    ];
    const { objects } = renderedSpec({ extraVolumes });
    assert.deepEqual(engineFaults(ours(objects)), []);
    const written = [
      { path: 'memory', resourceFieldRef: { containerName: 'openclaw', divisor: '0', resource: 'limits.memory' } },
      { path: 'uid', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.uid' } },
    ];
    const statefulSet = objects.find(({ kind }) => kind === 'StatefulSet') as unknown as StatefulSet;
    assert.deepEqual(
      statefulSet.spec?.template.spec?.volumes?.filter(({ name }) => name === 'limits' || name === 'identity'),
      [
        { name: 'limits', downwardAPI: { defaultMode: 420, items: written } },
        {
          name: 'identity',
          projected: {
            defaultMode: 420,
            sources: [
              { serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 3600 } },
              { downwardAPI: { items: written } },
              { configMap: { name: 'facts' } },
            ],
          },
        },
      ],
    );
  });

  test('forms with a permanent difference, in what any spec renders', () => {
    fc.assert(
      fc.property(spec, (value) => assert.deepEqual(engineFaults(ours(renderedSpec(value).objects)), [])),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 200), seed: 20261128, endOnFailure: true },
    );
  });
});
