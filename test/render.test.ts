/** Whole renders of one instance, each showing one promise that no single stage can keep alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigMap, PersistentVolumeClaim, StatefulSet } from '../src/kube/types.ts';
import { render, type RenderOptions } from '../src/render.ts';

interface Rendered {
  readonly set: StatefulSet;
  readonly workspace: () => ConfigMap;
  readonly claim: () => PersistentVolumeClaim;
}

function rendered(spec: string, others = '', options: RenderOptions = {}): Rendered {
  const head = 'apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot, namespace: agents}\n';
  const bytes = new TextEncoder().encode(`${head}spec: ${spec}\n${others}`);
  const { refused, diagnostics, objects } = render([{ name: 'bot.yaml', bytes }], options);
  assert.equal(refused, false, diagnostics.map(({ message }) => message).join('\n'));
  const all = [...objects];
  const object = (kind: string, name: string): unknown => {
    const found = all.find((candidate) => candidate['kind'] === kind && (candidate['metadata'] as { name?: string }).name === name);
    assert.ok(found, `${kind} ${name}`);
    return found;
  };
  return {
    set: object('StatefulSet', 'bot') as StatefulSet,
    workspace: () => object('ConfigMap', 'bot-workspace') as ConfigMap,
    claim: () => object('PersistentVolumeClaim', 'bot-data') as PersistentVolumeClaim,
  };
}

function env({ set }: Rendered): string[] {
  return set.spec?.template.spec?.containers[0]?.env?.map(({ name }) => name) ?? [];
}

test('a version for the whole run does not override the one that a tag names', () => {
  const options = { openclawVersion: '2026.9.6' };
  assert.ok(!env(rendered('{image: {tag: 2026.6.11}}', '', options)).includes('OPENCLAW_CONFIG_PATH'));
  assert.ok(env(rendered('{image: {tag: nightly}}', '', options)).includes('OPENCLAW_CONFIG_PATH'));
});

test('P10 no setting takes the protection from a claim', () => {
  const claim = rendered('{storage: {persistence: {orphan: false}}}').claim();
  assert.equal(claim.metadata?.annotations?.['argocd.argoproj.io/sync-options'], 'Prune=false,Delete=false');
});

test('a ConfigMap is large by its bytes, not by its characters', () => {
  const files = rendered(`{workspace: {initialFiles: {A.md: "${'漢'.repeat(80_000)}"}}}`).workspace();
  assert.equal(files.metadata?.annotations?.['argocd.argoproj.io/sync-options'], 'ServerSideApply=true');
});

test('binary files of a referenced ConfigMap arrive as they are', () => {
  const other = '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: agents}\nbinaryData: {a.png: aGk=}\n';
  const files = rendered('{workspace: {configMapRef: {name: c}}}', other).workspace();
  assert.deepEqual(files.binaryData, { 'a.png': 'aGk=' });
});

test('only the keys that the pod reads restart it', () => {
  const hash = (a: string, b: string): string | undefined => {
    const other = `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: agents}\ndata: {a: ${a}, b: ${b}}\n`;
    const spec = '{env: [{name: A, valueFrom: {configMapKeyRef: {name: c, key: a}}}]}';
    return rendered(spec, other).set.spec?.template.metadata?.annotations?.['openclaw.rocks/secret-hash'];
  };
  assert.ok(hash('one', 'two'));
  assert.equal(hash('one', 'other'), hash('one', 'two'));
  assert.notEqual(hash('other', 'two'), hash('one', 'two'));
});

test('an image that is in the registry already keeps its name', () => {
  const { set } = rendered('{registry: harbor.corp/x, image: {repository: harbor.corp/x/openclaw, tag: 2026.9.6}}');
  assert.equal(set.spec?.template.spec?.containers[0]?.image, 'harbor.corp/x/openclaw:2026.9.6');
});

test("a registry's port is no tag", () => {
  const { set } = rendered('{sidecars: [{name: a, image: "reg.corp:5000/app"}, {name: b, image: "reg.corp:5000/app:1"}]}');
  const policies = set.spec?.template.spec?.containers.map(({ name, imagePullPolicy }) => `${name} ${imagePullPolicy}`);
  assert.deepEqual(policies?.slice(-2), ['a Always', 'b IfNotPresent']);
});
