import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../../src/lib/json.ts';
import { inClusterApiServer, withoutBrackets } from '../../../src/pod/api-server.ts';
import { backOffMs } from '../../../src/pod/back-off.ts';
import { applyBody, conflictingOwners, liveSecret } from '../../../src/pod/fill-secrets/secret.ts';

test('only what our manager applied counts as ours', () => {
  const managedFields: Json = [
    { manager: 'm', operation: 'Apply', fieldsV1: { 'f:data': { '.': {}, 'f:a': {} } } },
    { manager: 'm', operation: 'Update', fieldsV1: { 'f:data': { 'f:b': {} } } },
    { manager: 'other', operation: 'Apply', fieldsV1: { 'f:data': { 'f:c': {} }, 'f:metadata': { 'f:labels': { 'f:x': {} } } } },
    { manager: 'm', operation: 'Apply', fieldsV1: { 'f:metadata': {} } },
    null,
  ];
  const secret = liveSecret(
    { kind: 'Secret', metadata: { resourceVersion: '7', labels: { x: 'y' }, managedFields }, data: { a: 'eA==', b: 'eA==', c: 'eA==' } },
    'm',
  );
  assert.deepEqual(secret?.ownedKeys, ['a']);
  assert.ok(secret !== null);
  assert.deepEqual(applyBody('ns', 's', secret, new Map([['d', 'ZA==']])), {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'ns', resourceVersion: '7' },
    data: { a: 'eA==', d: 'ZA==' },
  });
});

test('anything but a Secret with a version is none', () => {
  const answers: readonly (Json | undefined)[] = [undefined, null, [], 'x', {}, { kind: 'Status' }, { kind: 'Secret', metadata: {} }];
  for (const answer of answers) assert.equal(liveSecret(answer, 'm'), null);
});

test('the owners of a conflict are read from its causes', () => {
  const causes = [
    { reason: 'FieldManagerConflict', message: 'conflict with "argocd-controller" using v1' },
    { reason: 'FieldManagerConflict', message: 'odd' },
    { reason: 'Other', message: '"x"' },
    null,
  ];
  assert.deepEqual(conflictingOwners({ details: { causes } }), ['argocd-controller', 'another manager']);
  const answers: readonly (Json | undefined)[] = [undefined, {}, { details: {} }, { details: { causes: {} } }];
  for (const answer of answers) assert.deepEqual(conflictingOwners(answer), []);
});

test('waiting doubles up to a cap, heeds the server, and never passes the deadline', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 50].map((attempt) => backOffMs(attempt, null, 1e6)),
    [500, 1000, 2000, 4000, 8000, 15_000, 15_000],
  );
  assert.deepEqual([backOffMs(1, 30, 1e6), backOffMs(6, 1, 1e6), backOffMs(6, 1, 200), backOffMs(1, 99, -5)], [30_000, 15_000, 200, 0]);
});

test('the API server is found where kubelet says, IPv6 addresses with or without brackets', () => {
  const files = {
    tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
    caFile: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
  };
  assert.deepEqual(inClusterApiServer({ KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '6443' }), {
    host: '10.0.0.1',
    port: 6443,
    ...files,
  });
  assert.deepEqual(inClusterApiServer({ KUBERNETES_SERVICE_HOST: 'fd00::1' }), { host: 'fd00::1', port: 443, ...files });
  assert.throws(() => inClusterApiServer({}), /found no KUBERNETES_SERVICE_HOST/);
  assert.deepEqual(['[fd00::1]', 'fd00::1', '10.0.0.1', 'kubernetes.default.svc'].map(withoutBrackets), [
    'fd00::1',
    'fd00::1',
    '10.0.0.1',
    'kubernetes.default.svc',
  ]);
});
