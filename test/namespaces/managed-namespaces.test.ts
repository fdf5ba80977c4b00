import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from '../../src/index.ts';

const KEY = 'gitops.openclaw.rocks/namespace';

interface Asked {
  readonly name: string;
  readonly namespace?: string;
  readonly level?: string;
  readonly spec?: object;
}

function rendered(...instances: readonly Asked[]): {
  readonly titles: readonly string[];
  readonly levels: readonly string[];
  readonly warnings: readonly string[];
} {
  const documents = instances.map(({ name, namespace = 'agents', level, spec = {} }) => ({
    apiVersion: 'openclaw.rocks/v1alpha1',
    kind: 'OpenClawInstance',
    metadata: { name, namespace, ...(level === undefined ? {} : { annotations: { [KEY]: level } }) },
    spec,
  }));
  const text = documents.map((document) => JSON.stringify(document)).join('\n---\n');
  const { diagnostics, objects } = render([{ name: 'bots.yaml', bytes: new TextEncoder().encode(text) }]);
  const all = [...objects] as unknown as {
    kind: string;
    metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  }[];
  return {
    titles: all.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? metadata.name}`),
    levels: all.flatMap(({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] ?? []),
    warnings: diagnostics.filter(({ rule }) => rule === 'namespace-level-lowered').map(({ message }) => message),
  };
}

const ROOT = { sidecars: [{ name: 'side', image: 'x:1', securityContext: { runAsNonRoot: false } }] };
const NODE = { extraVolumes: [{ name: 'node', hostPath: { path: '/' } }] };

test('a namespace is rendered once, before everything else, and only where it is asked for', () => {
  const { titles } = rendered({ name: 'a', level: 'restricted' }, { name: 'b', level: 'restricted' }, { name: 'c', namespace: 'other' });
  assert.deepEqual(titles.slice(0, 3), ['Namespace agents', 'ResourceQuota agents', 'LimitRange agents']);
  assert.equal(titles.filter((title) => /^(?:Namespace|ResourceQuota|LimitRange) /.test(title)).length, 3);
});

test('two namespaces come sorted, by kind first', () => {
  const { titles } = rendered({ name: 'a', namespace: 'z', level: 'baseline' }, { name: 'b', namespace: 'y', level: 'baseline' });
  assert.deepEqual(titles.slice(0, 4), ['Namespace y', 'Namespace z', 'ResourceQuota y', 'ResourceQuota z']);
});

const levels: readonly (readonly [title: string, instances: readonly Asked[], level: string, warnings: readonly string[]])[] = [
  ['as asked', [{ name: 'a', level: 'restricted' }], 'restricted', []],
  ['less than possible, as asked', [{ name: 'a', level: 'privileged' }], 'privileged', []],
  ['what pods need anyway, as asked', [{ name: 'a', level: 'baseline', spec: ROOT }], 'baseline', []],
  [
    'lower for a pod of its own',
    [{ name: 'a', level: 'restricted', spec: ROOT }],
    'baseline',
    ['namespace "agents" gets the level "baseline" instead of "restricted": here, container "side" may run as root'],
  ],
  [
    'lower for pods of others, the lowest said',
    [
      { name: 'a', level: 'restricted' },
      { name: 'b', spec: ROOT },
      { name: 'c', spec: NODE },
      { name: 'd', spec: ROOT },
    ],
    'privileged',
    ['namespace "agents" gets the level "privileged" instead of "restricted": in "c", volume "node" is a directory of the node'],
  ],
  [
    'not for pods elsewhere',
    [
      { name: 'a', level: 'restricted' },
      { name: 'b', namespace: 'other', spec: NODE },
    ],
    'restricted',
    [],
  ],
];
for (const [title, instances, level, warnings] of levels) {
  test(`the level is ${title}`, () => {
    const found = rendered(...instances);
    assert.deepEqual([found.levels, found.warnings], [[level], warnings]);
  });
}
