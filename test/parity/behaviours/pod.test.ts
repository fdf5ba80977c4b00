import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, anyValue } from '../shape.ts';
import { allContainers, field, MAIN, names, POD, refusals, rendered, SET, testRows } from './rendered.ts';

const LABELS = {
  'app.kubernetes.io/name': 'openclaw',
  'app.kubernetes.io/instance': 'bot',
  'app.kubernetes.io/managed-by': 'openclaw-gitops',
};
const SELECTOR = { 'app.kubernetes.io/name': 'openclaw', 'app.kubernetes.io/instance': 'bot' };

testRows([
  ['POD-001 the StatefulSet is apps/v1', '{}', SET, 'apiVersion', 'apps/v1'],
  ['POD-001 the StatefulSet has the standard labels', '{}', SET, 'metadata.labels', LABELS],
  ['POD-003 the selector is exactly name and instance', '{}', SET, 'spec.selector', { matchLabels: SELECTOR }],
  ['POD-004 the pod carries the standard labels', '{}', SET, 'spec.template.metadata.labels', LABELS],
  ['POD-005 one replica', '{}', SET, 'spec.replicas', 1],
  ['POD-006 suspended: no replica', '{suspended: true}', SET, 'spec.replicas', 0],
  ['POD-009 ten revisions are kept', '{}', SET, 'spec.revisionHistoryLimit', 10],
  ['POD-010 serviceName is the name', '{}', SET, 'spec.serviceName', '<name>'],
  ['POD-011 pods are managed in parallel', '{}', SET, 'spec.podManagementPolicy', 'Parallel'],
  ['POD-012 rolling update', '{}', SET, 'spec.updateStrategy', { type: 'RollingUpdate', rollingUpdate: { partition: 0 } }],
  ['POD-013 claims are retained', '{}', SET, 'spec.persistentVolumeClaimRetentionPolicy', { whenDeleted: 'Retain', whenScaled: 'Retain' }],
  ['POD-014 no minReadySeconds', '{}', SET, 'spec.minReadySeconds', absent],
  ['POD-014 no priority class', '{}', SET, `${POD}.priorityClassName`, absent],
  ['POD-020 no claim template', '{}', SET, 'spec.volumeClaimTemplates', absent],
  ['POD-020 data is the claim of the instance', '{}', SET, `${POD}.volumes[name=data].persistentVolumeClaim`, { claimName: '<name>-data' }],
  ['POD-024 the account is the instance', '{}', SET, `${POD}.serviceAccountName`, '<name>'],
  ['POD-025 a custom account', '{security: {rbac: {serviceAccountName: other}}}', SET, `${POD}.serviceAccountName`, 'other'],
  ['POD-026 no API token', '{}', SET, `${POD}.automountServiceAccountToken`, false],
  ['POD-029 processes are not shared', '{}', SET, `${POD}.shareProcessNamespace`, false],
  ['POD-029 processes are shared when asked', '{shareProcessNamespace: true}', SET, `${POD}.shareProcessNamespace`, true],
  ['POD-030 false is written', '{shareProcessNamespace: false}', SET, `${POD}.shareProcessNamespace`, false],
  [
    'POD-031 pull secrets in order',
    '{image: {pullSecrets: [{name: b}, {name: a}]}}',
    SET,
    `${POD}.imagePullSecrets`,
    [{ name: 'b' }, { name: 'a' }],
  ],
  ['POD-031 pull secrets once', '{image: {pullSecrets: [{name: a}, {name: a}]}}', SET, `${POD}.imagePullSecrets`, [{ name: 'a' }]],
  ['POD-031 no pull secrets', '{}', SET, `${POD}.imagePullSecrets`, absent],
  ['POD-032 node selector', '{availability: {nodeSelector: {disk: ssd}}}', SET, `${POD}.nodeSelector`, { disk: 'ssd' }],
  ['POD-032 no node selector', '{}', SET, `${POD}.nodeSelector`, absent],
  ['POD-032 no affinity', '{}', SET, `${POD}.affinity`, absent],
  ['POD-032 no topology constraints', '{}', SET, `${POD}.topologySpreadConstraints`, absent],
  [
    'POD-032 tolerations',
    '{availability: {tolerations: [{key: k, operator: Exists}]}}',
    SET,
    `${POD}.tolerations`,
    [{ key: 'k', operator: 'Exists' }],
  ],
  ['POD-033 runtime class', '{availability: {runtimeClassName: gvisor}}', SET, `${POD}.runtimeClassName`, 'gvisor'],
  ['POD-033 no runtime class', '{}', SET, `${POD}.runtimeClassName`, absent],
  ['POD-034 the pod always restarts', '{}', SET, `${POD}.restartPolicy`, 'Always'],
  ['POD-034 cluster DNS', '{}', SET, `${POD}.dnsPolicy`, 'ClusterFirst'],
  ['POD-034 the default scheduler', '{}', SET, `${POD}.schedulerName`, 'default-scheduler'],
  ['POD-034 time to drain', '{}', SET, `${POD}.terminationGracePeriodSeconds`, 330],
  ['POD-035 pod annotations', '{podAnnotations: {team: blue}}', SET, 'spec.template.metadata.annotations.team', 'blue'],
  [
    'POD-036 the hash is ours',
    '{podAnnotations: {openclaw.rocks/config-hash: mine}}',
    SET,
    'spec.template.metadata.annotations["openclaw.rocks/config-hash"]',
    /^[0-9a-f]{16}$/,
  ],
  ['POD-037 a hash without annotations', '{}', SET, 'spec.template.metadata.annotations["openclaw.rocks/config-hash"]', /^[0-9a-f]{16}$/],
  [
    'POD-043 user, group and seccomp of the pod',
    '{}',
    SET,
    `${POD}.securityContext`,
    {
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  ],
  [
    'POD-044 other ids',
    '{security: {podSecurityContext: {runAsUser: 2000, runAsGroup: 3000, fsGroup: 4000}}}',
    SET,
    `${POD}.securityContext`,
    {
      fsGroup: 4000,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsGroup: 3000,
      runAsNonRoot: true,
      runAsUser: 2000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  ],
  [
    'POD-046 fsGroupChangePolicy Always',
    '{security: {podSecurityContext: {fsGroupChangePolicy: Always}}}',
    SET,
    `${POD}.securityContext.fsGroupChangePolicy`,
    'Always',
  ],
  ['POD-046 the ids stay', '{security: {podSecurityContext: {fsGroupChangePolicy: Always}}}', SET, `${POD}.securityContext.fsGroup`, 1000],
  [
    'POD-047 main is hardened',
    '{}',
    SET,
    `${MAIN}.securityContext`,
    {
      allowPrivilegeEscalation: false,
      capabilities: { add: [], drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  ],
  [
    'POD-049 added capabilities come to none',
    '{security: {containerSecurityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}}',
    SET,
    `${MAIN}.securityContext.capabilities`,
    { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
  ],
  ['POD-078 main has no command', '{}', SET, `${MAIN}.command`, absent],
  ['POD-078 main has no args', '{}', SET, `${MAIN}.args`, absent],
  ['POD-078 main has no working directory', '{}', SET, `${MAIN}.workingDir`, absent],
  ['POD-215 persistence off', '{storage: {persistence: {enabled: false}}}', SET, `${POD}.volumes[name=data].emptyDir`, anyValue],
  [
    'POD-215 an existing claim',
    '{storage: {persistence: {existingClaim: old}}}',
    SET,
    `${POD}.volumes[name=data].persistentVolumeClaim.claimName`,
    'old',
  ],
]);

test('POD-032 affinity and topology constraints are copied', () => {
  const result = rendered(`
    availability:
      affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 5, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {a: b}}}}]}}
      topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {a: b}}}]`);
  const selector = { labelSelector: { matchLabels: { a: 'b' } }, topologyKey: 'zone' };
  assert.deepEqual(field(result, SET, `${POD}.affinity`), {
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ podAffinityTerm: selector, weight: 5 }] },
  });
  assert.deepEqual(field(result, SET, `${POD}.topologySpreadConstraints`), [
    { ...selector, maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
  ]);
});

test('POD-038 POD-039 the containers of an instance that says nothing', () => {
  const result = rendered('{}');
  assert.deepEqual(names(field(result, SET, `${POD}.containers`)), ['openclaw', 'gateway-proxy', 'otel-collector']);
  assert.deepEqual(names(field(result, SET, `${POD}.initContainers`)), ['prepare']);
});

test('POD-048 POD-054 POD-055 what the user sets for the container is for main only', () => {
  const result = rendered('{security: {containerSecurityContext: {readOnlyRootFilesystem: false, runAsNonRoot: false, runAsUser: 2001}}}');
  for (const { name, securityContext } of allContainers(result)) {
    const { readOnlyRootFilesystem, runAsNonRoot, runAsUser } = securityContext as { readonly [field: string]: unknown };
    const expected = name === 'openclaw' ? [false, false, 2001] : [true, true, name === 'gateway-proxy' ? 101 : undefined];
    assert.deepEqual([readOnlyRootFilesystem, runAsNonRoot, runAsUser], expected, name);
  }
});

test('POD-055 a user for the container leaves it non-root', () => {
  assert.equal(
    field(rendered('{security: {containerSecurityContext: {runAsUser: 2000}}}'), SET, `${MAIN}.securityContext.runAsNonRoot`),
    true,
  );
});

for (const spec of [
  '{}',
  '{security: {podSecurityContext: {runAsNonRoot: false}}}',
  '{gateway: {enabled: false}}',
  '{config: {mergeMode: merge}}',
]) {
  test(`POD-056 POD-057 every container of ours is hardened with ${spec}`, () => {
    for (const { name, securityContext } of allContainers(rendered(spec))) {
      const context = securityContext as { readonly [field: string]: unknown };
      assert.deepEqual([context['allowPrivilegeEscalation'], (context['capabilities'] as { drop: unknown }).drop], [false, ['ALL']], name);
      assert.ok(!(context['runAsNonRoot'] === true && context['runAsUser'] === 0), name);
    }
  });
}

test('POD-060 prepare has a read-only root in every mode', () => {
  for (const spec of ['{}', '{config: {mergeMode: merge}}', '{image: {tag: "2026.6.11"}}']) {
    assert.equal(field(rendered(spec), SET, `${POD}.initContainers[name=prepare].securityContext.readOnlyRootFilesystem`), true);
  }
});

test("POD-106 POD-217 extra mounts are for main, and user volumes come last, the sidecars' before the others", () => {
  const result = rendered(
    '{extraVolumeMounts: [{name: b, mountPath: /mnt/b}], sidecarVolumes: [{name: a, emptyDir: {}}], extraVolumes: [{name: b, emptyDir: {}}]}',
  );
  const holders = allContainers(result).filter(({ volumeMounts }) => names(volumeMounts ?? []).includes('b'));
  assert.deepEqual(
    holders.map(({ name }) => name),
    ['openclaw'],
  );
  assert.deepEqual(names(field(result, SET, `${POD}.volumes`)).slice(-2), ['a', 'b']);
});

test("POD-184 POD-185 the user's containers come last and keep what they say", () => {
  const result = rendered(
    '{sidecars: [{name: side, image: "side:1", securityContext: {runAsUser: 5}}], initContainers: [{name: first, image: "first:1", command: [a, b]}]}',
  );
  assert.equal(names(field(result, SET, `${POD}.containers`)).at(-1), 'side');
  assert.equal(names(field(result, SET, `${POD}.initContainers`)).at(-1), 'first');
  assert.equal(field(result, SET, `${POD}.containers[name=side].securityContext.runAsUser`), 5);
  assert.deepEqual(field(result, SET, `${POD}.initContainers[name=first].command`), ['a', 'b']);
});

test('POD-179 without runtime dependencies nothing of them is there', () => {
  const result = rendered('{runtimeDeps: {pnpm: false, python: false}}');
  assert.deepEqual(rendered('{}').objects, result.objects);
});

function schemaRefusals(spec: object): readonly string[] {
  return refusals(JSON.stringify(spec)).filter((refusal) => refusal.startsWith('schema/'));
}

test('POD-340 containers and volumes pass the strict Kubernetes schema that user containers are held to', () => {
  const result = rendered('{config: {mergeMode: merge}, security: {caBundle: {secretName: ca}}, probes: {diskReadiness: {enabled: true}}}');
  const containers = allContainers(result);
  const spec = { sidecars: containers, sidecarVolumes: field(result, SET, `${POD}.volumes`) };
  assert.deepEqual(schemaRefusals(spec), []);
  assert.equal(schemaRefusals({ sidecars: [{ ...containers[0], volumeMount: [] }] }).length, 1);
});

test('POD-336 POD-337 POD-338 POD-339 what the API server would fill in is written, for user containers too', () => {
  const result = rendered(`
    env: [{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
    sidecars:
      - {name: latest, image: "quay.io/a/b:latest"}
      - {name: untagged, image: a/b, readinessProbe: {httpGet: {path: /, port: 80}}}
      - {name: tagged, image: "a/b:1"}
      - {name: said, image: "a/b:latest", imagePullPolicy: Never, terminationMessagePolicy: FallbackToLogsOnError}`);
  const policies = Object.fromEntries(allContainers(result).map(({ name, imagePullPolicy }) => [name, imagePullPolicy]));
  assert.deepEqual(
    [policies['latest'], policies['untagged'], policies['tagged'], policies['said']],
    ['Always', 'Always', 'IfNotPresent', 'Never'],
  );
  for (const container of allContainers(result)) {
    assert.equal(container['terminationMessagePath'], '/dev/termination-log');
    assert.equal(container['terminationMessagePolicy'], container['name'] === 'said' ? 'FallbackToLogsOnError' : 'File');
  }
  assert.deepEqual(field(result, SET, `${MAIN}.env[name=IP].valueFrom.fieldRef`), { apiVersion: 'v1', fieldPath: 'status.podIP' });
  assert.deepEqual(field(result, SET, `${POD}.containers[name=untagged].readinessProbe`), {
    failureThreshold: 3,
    httpGet: { path: '/', port: 80, scheme: 'HTTP' },
    periodSeconds: 10,
    successThreshold: 1,
    timeoutSeconds: 1,
  });
});
