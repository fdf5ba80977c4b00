import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import type { Container, StatefulSet } from '../../src/kube/types.ts';
import { manifests } from '../../src/render.ts';
import { agentMounts, readOnlyMounts } from '../../src/validate/agent-paths.ts';
import { inputRules } from '../../src/validate/input-rules.ts';
import { renderedNames } from '../../src/validate/object-names.ts';
import { ownedPorts, ownerOf } from '../../src/validate/owned-ports.ts';
import { RESERVED_CONTAINERS, RESERVED_VOLUMES, SHARED_VOLUMES } from '../../src/validate/reserved-names.ts';
import { retiredRules, rules } from '../../src/validate/rules/index.ts';
import { ALL_CASES } from './rules/cases/index.ts';
import { bot, checked, contextsOf } from './rules/checked.ts';

const FIRST_AGENT = bot(
  '{image: {tag: "2026.9.6"}, envFrom: [{secretRef: {name: keys}}], config: {raw: {agents: {defaults: {model: {primary: a/b}}}}}, storage: {persistence: {size: 10Gi}}}',
);

/** Everything that is rendered today, switched on. */
const EVERYTHING =
  bot(`{image: {tag: "2026.9.6"}, security: {caBundle: {configMapName: ca}, rbac: {additionalRules: [{apiGroups: [""], resources: [pods], verbs: [get]}]}},
  config: {raw: {mcp: {apps: {enabled: true}}}}, probes: {diskReadiness: {enabled: true}}, skills: [weather], plugins: [matrix],
  chromium: {enabled: true, persistence: {enabled: true}},
  runtimeDeps: {pnpm: true, python: true}, ollama: {enabled: true, models: [llama3.2]}, selfConfigure: {enabled: true},
  tailscale: {enabled: true, authSSO: true, authKeySecretRef: {name: key}}, webTerminal: {enabled: true},
  networking: {httpRoute: {enabled: true, parentRefs: [{name: public}]}, ingress: {enabled: true, className: traefik, hosts: [{host: bot.example.com}],
    security: {basicAuth: {enabled: true}, rateLimiting: {enabled: true}}}},
  observability: {metrics: {serviceMonitor: {enabled: true}, prometheusRule: {enabled: true}, grafanaDashboard: {enabled: true}}}}`);

test('the registry equals the folder, in its order', () => {
  const files = readdirSync(new URL('../../src/validate/rules', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
  assert.deepEqual(
    rules.map(({ id }) => id),
    files.filter((file) => file !== 'index').sort(),
  );
});

test('ids are words in lower case, each used once and never again', () => {
  const ids = [...rules, ...inputRules].map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)),
    [],
  );
  assert.equal(new Set([...ids, ...retiredRules]).size, ids.length + retiredRules.length);
});

test('every rule has a summary that is a sentence and a hint that is none', () => {
  for (const { id, summary, hint } of rules) {
    assert.match(summary, /^[A-Za-z].{20,}\.$/, id);
    assert.match(hint, /^.{5,}[^.]$/, id);
  }
});

test('messages are no sentences, and say neither a line break nor a secret', () => {
  for (const { input, options } of Object.values(ALL_CASES).flat()) {
    for (const { message, hint, rule } of checked(input, options)) {
      assert.doesNotMatch(message, /\.$|\n/, rule);
      assert.doesNotMatch(`${message} ${hint}`, /hunter2|user:pass|user:secret|secret-value/, rule);
    }
  }
});

test('ARD-168 a sane instance gives no warning', () => {
  assert.deepEqual(checked(FIRST_AGENT), []);
});

test('a minimal instance is told of its tag and of the missing key only', () => {
  assert.deepEqual(
    checked(bot('{}')).map(({ rule }) => rule),
    ['image-latest', 'provider-key-missing'],
  );
});

test('POD-335 ARD-168 a decorated instance gives all of its warnings, each once', () => {
  const found = checked(
    bot(`{chromium: {enabled: true}, networking: {ingress: {enabled: true, className: nginx, hosts: [{host: bot.example.com}], security: {forceHTTPS: false}}},
      security: {podSecurityContext: {runAsNonRoot: false}, containerSecurityContext: {allowPrivilegeEscalation: true}, networkPolicy: {enabled: false}}}`),
  );
  assert.deepEqual(
    found.map(({ severity, rule }) => `${severity} ${rule}`),
    [
      'warning image-digest-missing',
      'warning image-latest',
      'warning ingress-cidrs-missing',
      'warning ingress-http-allowed',
      'warning ingress-tls-missing',
      'warning network-policy-off',
      'warning privilege-escalation',
      'warning provider-key-missing',
      'warning run-as-non-root-off',
    ],
  );
});

test('an error hides no warning', () => {
  const found = checked(bot('{security: {podSecurityContext: {runAsUser: 0}, networkPolicy: {enabled: false}}}')).map(({ rule }) => rule);
  assert.ok(found.includes('root-user') && found.includes('network-policy-off'));
});

test('rules leave their input alone', () => {
  for (const { input, options } of Object.values(ALL_CASES).flat()) {
    for (const context of contextsOf(input, options)) {
      deepFreeze(context.instance.spec);
      deepFreeze(context.instance.source.value);
      deepFreeze(context.resolved);
      for (const rule of rules) rule.check(context);
    }
  }
});

test('what the rules reserve is what is rendered', () => {
  const [context] = contextsOf(EVERYTHING);
  assert.ok(context !== undefined);
  const objects = manifests(context.resolved, context.companions);
  const pod = (objects.find(({ kind }) => kind === 'StatefulSet') as unknown as StatefulSet).spec?.template.spec;
  assert.ok(pod !== undefined);
  const containers: Container[] = [...pod.containers, ...(pod.initContainers ?? [])];
  const jobs = objects.filter(({ kind }) => kind === 'Job');
  assert.deepEqual(
    containers.map(({ name }) => name).filter((name) => !RESERVED_CONTAINERS.has(name)),
    [],
  );
  assert.deepEqual(
    (pod.volumes ?? []).map(({ name }) => name).filter((name) => !RESERVED_VOLUMES.has(name)),
    [],
  );
  assert.deepEqual(
    [...SHARED_VOLUMES].filter((name) => !(pod.volumes ?? []).some((volume) => volume.name === name)),
    [],
  );

  const mounts = pod.containers[0]?.volumeMounts ?? [];
  const ownMounts = agentMounts(context.resolved);
  const unknownMounts = mounts.filter(({ mountPath }) => !ownMounts.includes(mountPath)).map(({ mountPath }) => mountPath);
  assert.deepEqual(unknownMounts, []);
  const isReadOnly = new Map(mounts.map(({ mountPath, readOnly }) => [mountPath, readOnly === true]));
  assert.deepEqual(
    readOnlyMounts(context.resolved).filter((path) => isReadOnly.get(path) === false),
    [],
  );

  const owned = ownedPorts(context.instance.spec, context.resolved);
  const ports = containers.flatMap((container) => container.ports ?? []).map(({ containerPort }) => containerPort);
  assert.ok(ports.length >= 4);
  assert.deepEqual(
    ports.filter((port) => ownerOf(port, owned) === undefined),
    [],
  );

  const names = objects.filter(({ kind }) => kind !== 'Job').map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  assert.deepEqual(
    renderedNames(context.instance)
      .map(({ kind, name }) => `${kind} ${name}`)
      .sort(),
    names.sort(),
  );
  assert.equal(jobs.length, 1);
});

test('what an instance with few or unusual options renders is what its names say', () => {
  const specs = [
    '{selfConfigure: {enabled: true}}',
    '{availability: {autoScaling: {enabled: true, maxReplicas: 3}}}',
    '{networking: {ingress: {enabled: true, className: nginx, hosts: [{host: bot.example.com}], security: {basicAuth: {enabled: true}}}}}',
    '{gateway: {existingSecret: token}, security: {networkPolicy: {enabled: false}, rbac: {createServiceAccount: false, serviceAccountName: mine}}, availability: {podDisruptionBudget: {enabled: false}}, storage: {persistence: {enabled: false}}}',
  ];
  for (const spec of specs) {
    const [context] = contextsOf(bot(spec));
    assert.ok(context !== undefined);
    const objects = manifests(context.resolved, context.companions).filter(({ kind }) => kind !== 'Job');
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    assert.deepEqual(
      renderedNames(context.instance)
        .map(({ kind, name }) => `${kind} ${name}`)
        .sort(),
      names.sort(),
      spec,
    );
  }
});

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
}
