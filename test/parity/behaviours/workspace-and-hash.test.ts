import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose } from '../../../src/compose/compose.ts';
import type { Plan } from '../../../src/compose/plan.ts';
import { features } from '../../../src/features/index.ts';
import { build } from '../../../src/kinds/index.ts';
import { hashed } from '../../../src/output/hash.ts';
import { companionsOf } from '../../../src/resolve/companions.ts';
import type { Instance } from '../../../src/resolve/instance.ts';
import { resolve } from '../../../src/resolve/resolve.ts';
import { absent, anyString, type Json } from '../shape.ts';
import { CONFIG, field, MAIN, POD, rendered, SET, testRows } from './rendered.ts';

const WORKSPACE = 'ConfigMap/bot-workspace';
const ROOT = '/data/openclaw/workspace';
const seeds = `{apiVersion: v1, kind: ConfigMap, metadata: {name: seeds, namespace: agents}, data: {AGENTS.md: from the map, USER.md: user}}`;

interface PreparePlan {
  readonly files: readonly { readonly source: string; readonly target: string }[];
  readonly directories: readonly { readonly path: string }[];
}

function plan(spec: string, ...others: readonly string[]): PreparePlan {
  const text = field(rendered(spec, ...others), CONFIG, 'data["prepare.json"]');
  assert.ok(typeof text === 'string');
  return JSON.parse(text) as PreparePlan;
}

function targets(spec: string, ...others: readonly string[]): readonly string[] {
  return plan(spec, ...others).files.map(({ target }) => target);
}

function keys(spec: string, ...others: readonly string[]): readonly string[] {
  return Object.keys(field(rendered(spec, ...others), WORKSPACE, 'data') as { readonly [key: string]: Json });
}

testRows([
  ['POD-266 an environment file', '{}', WORKSPACE, 'data["ENVIRONMENT.md"]', anyString],
  ['POD-267 no bootstrap file', '{workspace: {bootstrap: {enabled: false}}}', WORKSPACE, 'data["BOOTSTRAP.md"]', absent],
  ['POD-269 a user file', '{workspace: {initialFiles: {SOUL.md: be brief}}}', WORKSPACE, 'data["SOUL.md"]', 'be brief'],
  ['POD-270 a nested user file', '{workspace: {initialFiles: {docs/readme.md: hello}}}', WORKSPACE, 'data["docs--readme.md"]', 'hello'],
]);

test('POD-266 exactly two files by default', () => {
  assert.deepEqual(keys('{}'), ['BOOTSTRAP.md', 'ENVIRONMENT.md']);
  assert.deepEqual(targets('{}'), [`${ROOT}/BOOTSTRAP.md`, `${ROOT}/ENVIRONMENT.md`]);
});

test('POD-267 POD-268 ARD-334 the bootstrap file is in ConfigMap and plan, or in neither', () => {
  assert.deepEqual(targets('{workspace: {bootstrap: {enabled: false}}}'), [`${ROOT}/ENVIRONMENT.md`]);
  assert.deepEqual(rendered('{workspace: {bootstrap: {enabled: true}}}').objects, rendered('{}').objects);
});

test('POD-276 POD-277 POD-278 POD-280 directories and files in order, nested ones at their place', () => {
  const spec = `{workspace: {initialDirectories: [z, a/b], initialFiles: {z.md: z, d/e.md: e}, additionalWorkspaces: [{name: two}, {name: one, initialFiles: {x/y.md: y}, initialDirectories: [out]}]}}`;
  assert.deepEqual(
    plan(spec)
      .directories.map(({ path }) => path)
      .filter((path) => path.includes('workspace')),
    [ROOT, `${ROOT}/a/b`, `${ROOT}/z`, `${ROOT}-one`, `${ROOT}-one/out`, `${ROOT}-two`],
  );
  assert.deepEqual(targets(spec), [
    `${ROOT}/BOOTSTRAP.md`,
    `${ROOT}/ENVIRONMENT.md`,
    `${ROOT}/d/e.md`,
    `${ROOT}/z.md`,
    `${ROOT}-one/ENVIRONMENT.md`,
    `${ROOT}-one/x/y.md`,
    `${ROOT}-two/ENVIRONMENT.md`,
  ]);
});

test('POD-273 POD-274 additional workspaces have their own keys and no bootstrap file', () => {
  const found = keys('{workspace: {additionalWorkspaces: [{name: helper, initialFiles: {a/b.md: x}}]}}');
  assert.deepEqual(found, ['--ws--helper--ENVIRONMENT.md', '--ws--helper--a--b.md', 'BOOTSTRAP.md', 'ENVIRONMENT.md']);
});

test('POD-281 external files are in ConfigMap and plan, and inline ones win', () => {
  const spec = '{workspace: {configMapRef: {name: seeds}, initialFiles: {AGENTS.md: inline}}}';
  assert.equal(field(rendered(spec, seeds), WORKSPACE, 'data["AGENTS.md"]'), 'inline');
  assert.equal(field(rendered(spec, seeds), WORKSPACE, 'data["USER.md"]'), 'user');
  assert.ok(targets(spec, seeds).includes(`${ROOT}/USER.md`));
});

test('ARD-332 a missing workspace ConfigMap is a warning and the rest is rendered', () => {
  const result = rendered('{workspace: {configMapRef: {name: gone}, initialFiles: {A.md: a}}}');
  assert.ok(result.warnings.includes('config-map-not-found'));
  assert.equal(field(result, WORKSPACE, 'data["A.md"]'), 'a');
});

function hash(spec: string, ...others: readonly string[]): string {
  const found = field(rendered(spec, ...others), SET, 'spec.template.metadata.annotations["openclaw.rocks/config-hash"]');
  assert.ok(typeof found === 'string');
  return found;
}

test('POD-299 the hash is 16 lower-case hex digits and stable', () => {
  assert.match(hash('{}'), /^[0-9a-f]{16}$/);
  assert.equal(hash('{}'), hash('{}'));
});

const changes: readonly (readonly [title: string, left: string, right: string])[] = [
  ['POD-300 raw', '{}', '{config: {raw: {a: 1}}}'],
  ['POD-300 merge mode', '{}', '{config: {mergeMode: merge}}'],
  ['POD-300 force paths', '{config: {mergeMode: merge}}', '{config: {mergeMode: merge, forcePaths: [a]}}'],
  ['POD-301 origins', '{}', '{gateway: {controlUiOrigins: ["https://a.example.test"]}}'],
  ['POD-304 the proxy', '{}', '{gateway: {enabled: false}}'],
  ['POD-304 metrics', '{}', '{observability: {metrics: {enabled: false}}}'],
  ['POD-304 the metrics port', '{}', '{observability: {metrics: {port: 9464}}}'],
];

for (const [title, left, right] of changes) {
  test(`${title} changes the hash`, () => {
    assert.notEqual(hash(left), hash(right));
  });
}

const same: readonly (readonly [title: string, spec: string])[] = [
  ['resources', '{resources: {limits: {cpu: "3"}}}'],
  ['probes', '{probes: {liveness: {periodSeconds: 20}}}'],
  ['the content of an inline file', '{workspace: {initialFiles: {BOOTSTRAP.md: x}}}'],
  ['a digest', `{image: {digest: "sha256:${'1'.repeat(64)}"}}`],
  ["the token's Secret", '{gateway: {existingSecret: mine}}'],
];

for (const [title, spec] of same) {
  test(`POD-305 ${title} does not change the hash`, () => {
    assert.equal(hash(spec), hash('{}'));
  });
}

test('POD-282 the content of an inline file does not change the hash, that of an external one does', () => {
  assert.equal(hash('{workspace: {initialFiles: {A.md: x}}}'), hash('{workspace: {initialFiles: {A.md: y}}}'));
  const spec = '{workspace: {configMapRef: {name: seeds}}}';
  assert.notEqual(hash(spec, seeds), hash(spec, seeds.replace('from the map', 'changed')));
});

test('POD-306 ARD-331 the content of a referenced configuration changes the hash', () => {
  const base = `{apiVersion: v1, kind: ConfigMap, metadata: {name: base, namespace: agents}, data: {openclaw.json: '{"a": 1}'}}`;
  const spec = '{config: {configMapRef: {name: base}}}';
  assert.notEqual(hash(spec, base), hash(spec, base.replace('1}', '2}')));
});

test('ARD-344 other bytes of the pod programs start nothing anew', () => {
  const companions = companionsOf([], undefined);
  const source = { value: {}, locate: (): never => assert.fail('no position is asked for') };
  const instance: Instance = { source, defaultsSource: null, name: 'bot', namespace: 'agents', annotations: {}, spec: {} };
  const plan = compose(resolve(instance, companions, {}), features);
  const upgraded: Plan = {
    ...plan,
    configMaps: plan.configMaps.map(({ owner, item }) => ({
      owner,
      item: {
        ...item,
        entries: new Map([...item.entries].map(([key, entry]) => [key, key.endsWith('.mjs') ? { ...entry, text: 'other' } : entry])),
      },
    })),
  };
  const set = (of: Plan): unknown => hashed(build(of), of, companions).find(({ kind }) => kind === 'StatefulSet');
  assert.notDeepEqual(upgraded.configMaps, plan.configMaps);
  assert.deepEqual(set(upgraded), set(plan));
});

const defaults = (spec: string, name = 'cluster'): string =>
  `{apiVersion: openclaw.rocks/v1alpha1, kind: OpenClawClusterDefaults, metadata: {name: ${name}}, spec: ${spec}}`;

function main(path: string, spec: string, cluster: string): unknown {
  return field(rendered(spec, cluster), SET, `${MAIN}.${path}`);
}

const DIGEST = `sha256:${'3'.repeat(64)}`;
const OFFICIAL = 'ghcr.io/openclaw/openclaw';

test('POD-307 ARD-187 defaults that say nothing change nothing', () => {
  assert.deepEqual(rendered('{}', defaults('{}')).objects, rendered('{}').objects);
});

test('POD-308 ARD-181 the registry is filled, and the instance wins', () => {
  assert.equal(main('image', '{}', defaults('{registry: m.example.test}')), 'm.example.test/openclaw/openclaw:latest');
  assert.equal(
    main('image', '{registry: own.example.test}', defaults('{registry: m.example.test}')),
    'own.example.test/openclaw/openclaw:latest',
  );
});

test("POD-309 POD-317 ARD-181 ARD-188 image fields are filled one by one, before the schema's own defaults", () => {
  const cluster = defaults('{image: {repository: r.example.test/x, tag: "1", pullPolicy: Always}}');
  assert.equal(main('image', '{image: {pullPolicy: Never}}', cluster), 'r.example.test/x:1');
  assert.equal(main('imagePullPolicy', '{image: {pullPolicy: Never}}', cluster), 'Never');
  assert.equal(main('image', '{image: {tag: "2"}}', cluster), 'r.example.test/x:2');
  assert.equal(main('imagePullPolicy', '{image: {tag: "2"}}', cluster), 'Always');
});

test('POD-310 ARD-182 a pinned digest keeps the default tag out', () => {
  assert.equal(main('image', `{image: {digest: "${DIGEST}"}}`, defaults('{image: {tag: "1"}}')), `${OFFICIAL}@${DIGEST}`);
});

test('POD-311 ARD-183 a default digest applies only where nothing is pinned', () => {
  assert.equal(main('image', '{}', defaults(`{image: {digest: "${DIGEST}"}}`)), `${OFFICIAL}@${DIGEST}`);
  assert.equal(main('image', '{image: {tag: "2026.9.4"}}', defaults(`{image: {digest: "${DIGEST}"}}`)), `${OFFICIAL}:2026.9.4`);
});

test('POD-312 ARD-184 pull secrets are replaced only when there are none', () => {
  const cluster = defaults('{image: {pullSecrets: [{name: theirs}]}}');
  const path = `${POD}.imagePullSecrets`;
  assert.deepEqual(field(rendered('{}', cluster), SET, path), [{ name: 'theirs' }]);
  assert.deepEqual(field(rendered('{image: {pullSecrets: [{name: own}]}}', cluster), SET, path), [{ name: 'own' }]);
});

test('POD-313 ARD-185 default variables come first, overridden in place', () => {
  const env = main(
    'env',
    '{env: [{name: B, value: own}, {name: C, value: own}]}',
    defaults('{env: [{name: A, value: d}, {name: B, value: d}]}'),
  );
  assert.deepEqual(
    (env as readonly { readonly name: string; readonly value: string }[]).filter(({ name }) => name.length === 1),
    [
      { name: 'A', value: 'd' },
      { name: 'B', value: 'own' },
      { name: 'C', value: 'own' },
    ],
  );
});

test('POD-316 ARD-180 defaults of another name are ignored', () => {
  assert.equal(main('image', '{}', defaults('{registry: m.example.test}', 'other')), `${OFFICIAL}:latest`);
});
