import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { isOptional } from '../../src/kube/optional-kinds.ts';
import type { KubeObject } from '../../src/kube/types.ts';
import { withoutMissing } from '../../src/output/optional-kinds.ts';
import { GOLDEN } from '../golden/golden-case.ts';

const OPTION = 'argocd.argoproj.io/sync-options';
const MONITOR: KubeObject = { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'bot' } };
const SERVICE: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'bot' } };

describe('optional kinds', () => {
  test('leave when the cluster does not know them, and nothing else does', () => {
    assert.deepEqual(withoutMissing([SERVICE, MONITOR], ['ServiceMonitor']), [SERVICE]);
    const alike = { ...MONITOR, apiVersion: 'example.com/v1' };
    assert.deepEqual(withoutMissing([alike], ['ServiceMonitor']), [alike]);
  });

  test('tell Argo CD to go on without them, beside what else it is told', () => {
    const annotated = { ...MONITOR, metadata: { name: 'bot', annotations: { [OPTION]: 'ServerSideApply=true' } } };
    const options = withoutMissing([MONITOR, annotated, SERVICE], []).map(({ metadata }) => metadata.annotations?.[OPTION]);
    assert.deepEqual(options, ['SkipDryRunOnMissingResource=true', 'ServerSideApply=true,SkipDryRunOnMissingResource=true', undefined]);
  });

  test('are all kinds that we render and no Kubernetes has by itself', () => {
    let seen = 0;
    const foreign = new Set<string>();
    for (const path of globSync('**/expected.yaml', { cwd: GOLDEN })) {
      for (const document of readFileSync(join(GOLDEN, path), 'utf8').split('\n---\n')) {
        const apiVersion = /^apiVersion: (.*)$/m.exec(document)?.[1] ?? '';
        const kind = /^kind: (.*)$/m.exec(document)?.[1] ?? '';
        const isKubernetes = !apiVersion.includes('.') || /^(?!gateway\.)[a-z.]+\.k8s\.io\//.test(apiVersion);
        if (isKubernetes || !document.includes('app.kubernetes.io/managed-by: openclaw-gitops')) continue;
        seen += 1;
        if (!isOptional(apiVersion, kind)) foreign.add(`${apiVersion} ${kind}`);
      }
    }
    assert.ok(seen > 0);
    assert.deepEqual([...foreign], []);
  });
});
