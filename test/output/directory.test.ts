import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { directoryFiles } from '../../src/output/directory.ts';
import { render } from '../../src/render.ts';

function agent(namespace: string, name: string): string {
  const spec = 'spec: {image: {tag: 2026.9.6}, envFrom: [{secretRef: {name: keys}}]}';
  return `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: ${name}, namespace: ${namespace}}\n${spec}\n`;
}

function rendered(...documents: readonly string[]): ReturnType<typeof render> {
  const result = render([{ name: 'input.yaml', bytes: new TextEncoder().encode(documents.join('---\n')) }]);
  assert.equal(result.refused, false);
  return result;
}

function parsed(text: string): unknown[] {
  return parseAllDocuments(text).map((document) => document.toJS() as unknown);
}

describe('directoryFiles', () => {
  const PASSED = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: b}\n';

  test('gives each agent a directory, everything else one file, and a kustomization that lists them', () => {
    const files = [...directoryFiles(rendered(agent('b', 'ada'), PASSED, agent('a', 'kustomization')).groups)];
    const names = ['shared.yaml', 'a/kustomization/manifests.yaml', 'b/ada/manifests.yaml'];
    assert.deepEqual(
      files.map(({ path }) => path),
      [...names, 'kustomization.yaml'],
    );
    assert.deepEqual(parsed(files.at(-1)?.text ?? ''), [
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: names },
    ]);
    assert.deepEqual(parsed(files[0]?.text ?? ''), parsed(PASSED));
    for (const [index, name] of ['kustomization', 'ada'].entries())
      assert.ok((parsed(files[index + 1]?.text ?? '') as { metadata: { name: string } }[]).some(({ metadata }) => metadata.name === name));
  });

  test('holds the objects of the rendering, in its order', () => {
    const { objects, groups } = rendered(agent('b', 'ada'), PASSED, agent('a', 'bob'));
    const files = [...directoryFiles(groups)].filter(({ path }) => path !== 'kustomization.yaml');
    assert.deepEqual(
      files.flatMap(({ text }) => parsed(text)),
      [...objects],
    );
  });

  test('has no file for what has no objects', () => {
    assert.deepEqual(
      [...directoryFiles(rendered(agent('a', 'ada')).groups)].map(({ path }) => path),
      ['a/ada/manifests.yaml', 'kustomization.yaml'],
    );
    assert.deepEqual(
      [...directoryFiles([])].map(({ text }) => text),
      ['apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n'],
    );
  });
});
