import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageName } from '../../src/kube/image-reference.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

for (const [reference, registry, repository, tag, digest] of [
  ['ghcr.io/openclaw/openclaw:2026.9.6', 'ghcr.io', 'openclaw/openclaw', '2026.9.6', ''],
  ['nginx', 'docker.io', 'library/nginx', 'latest', ''],
  ['nginx:1.27-alpine', 'docker.io', 'library/nginx', '1.27-alpine', ''],
  ['otel/collector:1', 'docker.io', 'otel/collector', '1', ''],
  ['docker.io/library/nginx:1', 'docker.io', 'library/nginx', '1', ''],
  ['docker.io/nginx:1', 'docker.io', 'library/nginx', '1', ''],
  ['index.docker.io/otel/collector', 'docker.io', 'otel/collector', 'latest', ''],
  ['localhost/app', 'localhost', 'app', 'latest', ''],
  ['127.0.0.1:5000/app:1', '127.0.0.1:5000', 'app', '1', ''],
  ['[::1]:5000/team/app', '[::1]:5000', 'team/app', 'latest', ''],
  [`registry:5000/app@${DIGEST}`, 'registry:5000', 'app', '', DIGEST],
  [`team/app:1@${DIGEST}`, 'docker.io', 'team/app', '1', DIGEST],
] as const) {
  test(`${reference} in parts`, () => {
    assert.deepEqual(imageName(reference), { registry, repository, tag, digest });
  });
}
