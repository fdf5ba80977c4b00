/** Which change of a spec starts the agent anew: the config hash, the pod's own fields, or nothing at all. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONFIG_HASH } from '../../src/kube/annotations.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { Spec } from '../../src/resolve/instance.ts';
import { manifestsOf, statefulSetOf } from './rendered.ts';

/** `hash`: the configuration hash and perhaps more; `pod`: fields of the pod, but not the hash; `nothing`: the pod stays as it is. */
type Effect = 'hash' | 'pod' | 'nothing';

const TAG = '2026.9.6';

function effect(before: Spec, after: Spec, companionsBefore: readonly JsonObject[], companionsAfter: readonly JsonObject[]): Effect {
  const template = (spec: Spec, others: readonly JsonObject[]): NonNullable<ReturnType<typeof statefulSetOf>['spec']>['template'] =>
    statefulSetOf(manifestsOf({ image: { tag: TAG }, ...spec }, ...others)).spec!.template;
  const [old, current] = [template(before, companionsBefore), template(after, companionsAfter)];
  if (old.metadata!.annotations![CONFIG_HASH] !== current.metadata!.annotations![CONFIG_HASH]) return 'hash';
  return JSON.stringify(old) === JSON.stringify(current) ? 'nothing' : 'pod';
}

const merge: Spec = { config: { mergeMode: 'merge', raw: { agents: {} } } };
const file = (text: string): Spec => ({ workspace: { initialFiles: { 'AGENTS.md': text } } });

const TABLE: readonly (readonly [title: string, effect: Effect, after: Spec, before?: Spec])[] = [
  ['POD-300 raw configuration', 'hash', { config: { raw: { agents: { defaults: {} } } } }],
  ['POD-300 merge mode', 'hash', merge],
  ['POD-300 force paths', 'hash', { config: { ...merge.config, forcePaths: ['gateway'] } }, merge],
  ['origins of the Control UI', 'hash', { gateway: { controlUiOrigins: ['https://bot.example.com'] } }],
  ['the proxy', 'hash', { gateway: { enabled: false } }],
  ['metrics off', 'hash', { observability: { metrics: { enabled: false } } }],
  ['the metrics port', 'hash', { observability: { metrics: { port: 9464 } } }],
  [
    'a model to pull',
    'hash',
    { ollama: { enabled: true, models: ['llama3.2', 'qwen3:8b'] } },
    { ollama: { enabled: true, models: ['llama3.2'] } },
  ],
  ['an OpenClaw version with other keys', 'hash', { image: { tag: '2026.7.1' } }],
  ['a directory of the workspace', 'hash', { workspace: { initialDirectories: ['notes'] } }],
  ['one more file of the workspace', 'hash', file('one')],
  ['POD-305 the text of an inline file', 'nothing', file('two'), file('one')],
  [
    'POD-305 the text of a workspace file under another name',
    'nothing',
    { workspace: { initialFiles: { 'a/b.md': '1' } } },
    { workspace: { initialFiles: { 'a/b.md': '2' } } },
  ],
  ['POD-305 resources', 'pod', { resources: { limits: { cpu: '3' } } }],
  ['POD-305 probes', 'pod', { probes: { liveness: { periodSeconds: 20 } } }],
  ['POD-305 a patch release of the image', 'pod', { image: { tag: '2026.9.6-slim' } }, { image: { tag: '2026.9.5-slim' } }],
  ['POD-305 the Secret of the token', 'pod', { gateway: { existingSecret: 'login' } }],
  ['POD-304 a browser', 'hash', { chromium: { enabled: true } }],
  ['an argument of the browser', 'pod', { chromium: { enabled: true, extraArgs: ['--lang=es'] } }, { chromium: { enabled: true } }],
  [
    'the size of its profile',
    'nothing',
    { chromium: { enabled: true, persistence: { enabled: true, size: '2Gi' } } },
    { chromium: { enabled: true, persistence: { enabled: true } } },
  ],
  ['Ollama, whose models may be chosen', 'hash', { ollama: { enabled: true } }],
  ['a GPU', 'pod', { ollama: { enabled: true, gpu: 1 } }, { ollama: { enabled: true } }],
  ['a variable', 'pod', { env: [{ name: 'TEAM', value: 'blue' }] }],
  ['a Secret of variables', 'pod', { envFrom: [{ secretRef: { name: 'keys' } }] }],
  ['an annotation of the pod', 'pod', { podAnnotations: { team: 'blue' } }],
  ['the registry', 'pod', { registry: 'mirror.example.com' }],
  ['a sidecar', 'pod', { sidecars: [{ name: 'echo', image: 'busybox:1.37' }] }],
  ['POD-303 a tailnet', 'hash', { tailscale: { enabled: true } }],
  ['the host name in the tailnet', 'pod', { tailscale: { enabled: true, hostname: 'desk' } }, { tailscale: { enabled: true } }],
  ['Funnel in place of Serve', 'nothing', { tailscale: { enabled: true, mode: 'funnel' } }, { tailscale: { enabled: true } }],
  ['POD-303 logins by tailnet identity', 'hash', { tailscale: { enabled: true, authSSO: true } }, { tailscale: { enabled: true } }],
  ['autoscaling, which moves the volume into a template', 'pod', { availability: { autoScaling: { enabled: true } } }],
  ['the node', 'pod', { availability: { nodeSelector: { pool: 'agents' } } }],
  ['the user', 'pod', { security: { podSecurityContext: { runAsGroup: 3000 } } }],
  ['the network policy', 'nothing', { security: { networkPolicy: { allowedEgressCIDRs: ['10.1.0.0/16'] } } }],
  ['the type of the Service', 'nothing', { networking: { service: { type: 'LoadBalancer', annotations: { a: 'b' } } } }],
  ['the ports of the Service', 'nothing', { networking: { service: { ports: [{ name: 'web', port: 80, targetPort: 18780 }] } } }],
  ['the disruption budget', 'nothing', { availability: { podDisruptionBudget: { maxUnavailable: 0 } } }],
  ['the size of the claim', 'nothing', { storage: { persistence: { size: '20Gi' } } }],
  ['whether the claim outlives the instance', 'nothing', { storage: { persistence: { orphan: false } } }],
  [
    'rights of the ServiceAccount',
    'nothing',
    { security: { rbac: { additionalRules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }] } } },
  ],
  ['annotations of the ServiceAccount', 'nothing', { security: { rbac: { serviceAccountAnnotations: { a: 'b' } } } }],
  ['suspension', 'nothing', { suspended: true }],
];

describe('a change of', () => {
  for (const [title, expected, after, before = {}] of TABLE) {
    test(`${title}: ${expected}`, () => {
      assert.equal(effect(before, after, [], []), expected);
      assert.equal(effect(after, before, [], []), expected);
    });
  }
});

describe('a change outside of the instance', () => {
  const configMap = (name: string, data: Record<string, string>): JsonObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'agents' },
    data,
  });
  const secret = (name: string, kind: string, apiVersion: string, spec: JsonObject): JsonObject => ({
    apiVersion,
    kind,
    metadata: { name, namespace: 'agents' },
    ...spec,
  });
  const keys: Spec = { envFrom: [{ secretRef: { name: 'keys' } }] };
  const rows: readonly (readonly [title: string, effect: Effect, spec: Spec, before: JsonObject, after: JsonObject])[] = [
    [
      'POD-306 of the referenced configuration',
      'hash',
      { config: { configMapRef: { name: 'settings' } } },
      configMap('settings', { 'openclaw.json': '{"agents": {}}' }),
      configMap('settings', { 'openclaw.json': '{"agents": {"defaults": {}}}' }),
    ],
    [
      'POD-306 of the layout of the referenced configuration',
      'nothing',
      { config: { configMapRef: { name: 'settings' } } },
      configMap('settings', { 'openclaw.json': '{"agents": {}, "logging": {}}' }),
      configMap('settings', { 'openclaw.json': '{\n  // note\n  logging: {}, agents: {},\n}', other: 'x' }),
    ],
    [
      'of a Secret that the pod reads',
      'pod',
      keys,
      secret('keys', 'Secret', 'v1', { data: { A: 'YQ==' } }),
      secret('keys', 'Secret', 'v1', { data: { A: 'Yg==' } }),
    ],
    [
      'of a SealedSecret that the pod reads',
      'pod',
      keys,
      secret('keys', 'SealedSecret', 'bitnami.com/v1alpha1', { spec: { encryptedData: { A: 'x' } } }),
      secret('keys', 'SealedSecret', 'bitnami.com/v1alpha1', { spec: { encryptedData: { A: 'y' } } }),
    ],
    [
      'of a Secret that the pod does not read',
      'nothing',
      keys,
      secret('other', 'Secret', 'v1', { data: { A: 'YQ==' } }),
      secret('other', 'Secret', 'v1', { data: { A: 'Yg==' } }),
    ],
    [
      'of a ConfigMap that the pod reads',
      'pod',
      { envFrom: [{ configMapRef: { name: 'facts' } }] },
      configMap('facts', { A: '1' }),
      configMap('facts', { A: '2' }),
    ],
  ];
  for (const [title, expected, spec, before, after] of rows) {
    test(`${title}: ${expected}`, () => {
      assert.equal(effect(spec, spec, [before], [after]), expected);
    });
  }
});
