import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, type Json } from '../shape.ts';
import { allContainers, field, MAIN, names, POD, rendered, type Row, SET, testRows } from './rendered.ts';

const OLLAMA = `${POD}.initContainers[name=ollama]`;
const PULL = `${POD}.initContainers[name=pull-models]`;
const MODELS = `${POD}.volumes[name=ollama-models]`;
const CONFIG = 'ConfigMap/bot-config';
const DEFAULTS = 'data["openclaw.json"].agents.defaults';
const REQUESTS = { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '1Gi' };
const LIMITS = { cpu: '2', memory: '4Gi', 'ephemeral-storage': '22784Mi' };

const numbers: readonly Row[] = (['requests', 'limits'] as const).flatMap((list) =>
  (['cpu', 'memory'] as const).map((amount): Row => {
    const value = amount === 'cpu' ? '1500m' : '3Gi';
    const others = list === 'requests' ? REQUESTS : LIMITS;
    return [
      `POD-219 Ollama's ${list}.${amount} alone`,
      `{ollama: {enabled: true, resources: {${list}: {${amount}: "${value}"}}}}`,
      SET,
      `${OLLAMA}.resources.${list}`,
      { ...others, [amount]: value },
    ];
  }),
);

testRows([
  ['POD-092 the address of Ollama', '{ollama: {enabled: true}}', SET, `${MAIN}.env[name=OLLAMA_HOST].value`, 'http://localhost:11434'],
  ['POD-092 no Ollama, no address', '{}', SET, `${MAIN}.env[name=OLLAMA_HOST]`, absent],
  [
    'a key, without which OpenClaw never uses it',
    '{ollama: {enabled: true}}',
    SET,
    `${MAIN}.env[name=OLLAMA_API_KEY].value`,
    'ollama-local',
  ],
  [
    "the user's own key wins",
    '{ollama: {enabled: true}, env: [{name: OLLAMA_API_KEY, valueFrom: {secretKeyRef: {name: keys, key: ollama}}}]}',
    SET,
    `${MAIN}.env[name=OLLAMA_API_KEY]`,
    { name: 'OLLAMA_API_KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'ollama' } } },
  ],
  ['its models may be chosen beside those of Anthropic', '{ollama: {enabled: true}}', CONFIG, DEFAULTS, { modelPolicy: {} }],
  ['in a version that knows no policy', '{image: {tag: 2026.7.1}, ollama: {enabled: true}}', CONFIG, DEFAULTS, absent],
  ['without Ollama nothing is said of models', '{}', CONFIG, DEFAULTS, absent],
  [
    "the user's own policy wins",
    '{ollama: {enabled: true}, config: {raw: {agents: {defaults: {modelPolicy: {allow: [openai/*]}}}}}}',
    CONFIG,
    DEFAULTS,
    { modelPolicy: { allow: ['openai/*'] } },
  ],
  [
    "the user's own list of models stays what OpenClaw takes it for",
    '{ollama: {enabled: true}, config: {raw: {agents: {defaults: {models: {openai/gpt-5: {}}}}}}}',
    CONFIG,
    DEFAULTS,
    { models: { 'openai/gpt-5': {} } },
  ],
  ['POD-152 the image of Ollama', '{ollama: {enabled: true}}', SET, `${OLLAMA}.image`, 'docker.io/ollama/ollama:latest'],
  ['POD-152 its port', '{ollama: {enabled: true}}', SET, `${OLLAMA}.ports`, [{ name: 'ollama', containerPort: 11434, protocol: 'TCP' }]],
  ['POD-152 it starts before the agent and stays', '{ollama: {enabled: true}}', SET, `${OLLAMA}.restartPolicy`, 'Always'],
  ['POD-152 POD-218 its resources', '{ollama: {enabled: true}}', SET, `${OLLAMA}.resources`, { requests: REQUESTS, limits: LIMITS }],
  [
    'POD-152 its mounts',
    '{ollama: {enabled: true}}',
    SET,
    `${OLLAMA}.volumeMounts`,
    [
      { name: 'ollama-models', mountPath: '/home/ollama/.ollama' },
      { name: 'ollama-tmp', mountPath: '/tmp' },
    ],
  ],
  [
    'POD-053 POD-059 no root, and a read-only root file system',
    '{ollama: {enabled: true}}',
    SET,
    `${OLLAMA}.securityContext`,
    {
      allowPrivilegeEscalation: false,
      capabilities: { add: [], drop: ['ALL'] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  ],
  ['only the pod itself reaches it', '{ollama: {enabled: true}}', SET, `${OLLAMA}.env[name=OLLAMA_HOST].value`, '127.0.0.1:11434'],
  [
    'the disk limit covers what the models may take',
    '{ollama: {enabled: true, storage: {sizeLimit: 30Gi}}}',
    SET,
    `${OLLAMA}.resources.limits.ephemeral-storage`,
    '33024Mi',
  ],
  [
    'models on a claim take none of the disk of the node',
    '{ollama: {enabled: true, storage: {existingClaim: c}}}',
    SET,
    `${OLLAMA}.resources.limits.ephemeral-storage`,
    '2304Mi',
  ],
  ['POD-153 no models: nothing is pulled', '{ollama: {enabled: true}}', SET, PULL, absent],
  ['POD-153 no models: no plan', '{ollama: {enabled: true, models: []}}', CONFIG, 'data["pull-models.json"]', absent],
  [
    'POD-154 models are pulled in order',
    '{ollama: {enabled: true, models: [b, "a:1"]}}',
    CONFIG,
    'data["pull-models.json"]',
    JSON.stringify({ api: 'http://127.0.0.1:11434', models: ['b', 'a:1'], schema: 1 }, null, 2),
  ],
  [
    'POD-154 in exec form, without a shell',
    '{ollama: {enabled: true, models: [a]}}',
    SET,
    `${PULL}.command`,
    ['node', '/opt/openclaw-gitops/pull-models.mjs', '/etc/openclaw-gitops/pull-models.json'],
  ],
  ['POD-155 two GPUs are requested', '{ollama: {enabled: true, gpu: 2}}', SET, `${OLLAMA}.resources.requests["nvidia.com/gpu"]`, '2'],
  ['POD-155 two GPUs are the limit', '{ollama: {enabled: true, gpu: 2}}', SET, `${OLLAMA}.resources.limits["nvidia.com/gpu"]`, '2'],
  ['POD-155 no GPU asks for nothing', '{ollama: {enabled: true, gpu: 0}}', SET, `${OLLAMA}.resources.limits["nvidia.com/gpu"]`, absent],
  ['POD-155 who asks for no GPU sees none', '{ollama: {enabled: true}}', SET, `${OLLAMA}.env[name=NVIDIA_VISIBLE_DEVICES].value`, 'void'],
  [
    'POD-155 who asks for one gets what the plugin hands out',
    '{ollama: {enabled: true, gpu: 1}}',
    SET,
    `${OLLAMA}.env[name=NVIDIA_VISIBLE_DEVICES]`,
    absent,
  ],
  ['POD-156 the model volume', '{ollama: {enabled: true}}', SET, `${MODELS}.emptyDir`, { sizeLimit: '20Gi' }],
  ['POD-156 its size', '{ollama: {enabled: true, storage: {sizeLimit: 30Gi}}}', SET, `${MODELS}.emptyDir`, { sizeLimit: '30Gi' }],
  [
    'POD-156 a claim',
    '{ollama: {enabled: true, storage: {existingClaim: c, sizeLimit: 30Gi}}}',
    SET,
    MODELS,
    { name: 'ollama-models', persistentVolumeClaim: { claimName: 'c' } },
  ],
  [
    'POD-157 a custom image',
    '{ollama: {enabled: true, models: [a], image: {repository: r.example.com/ollama, tag: "1"}}}',
    SET,
    `${OLLAMA}.image`,
    'r.example.com/ollama:1',
  ],
  [
    'POD-070 the legacy image',
    '{ollama: {enabled: true, image: {repository: ollama/ollama, tag: "1"}}}',
    SET,
    `${OLLAMA}.image`,
    'docker.io/ollama/ollama:1',
  ],
  [
    'POD-070 the legacy image with a digest',
    `{ollama: {enabled: true, image: {repository: ollama/ollama, tag: "1", digest: "sha256:${'a'.repeat(64)}"}}}`,
    SET,
    `${OLLAMA}.image`,
    `docker.io/ollama/ollama@sha256:${'a'.repeat(64)}`,
  ],
  [
    'POD-066 its registry',
    '{registry: m.example.com, ollama: {enabled: true}}',
    SET,
    `${OLLAMA}.image`,
    'm.example.com/ollama/ollama:latest',
  ],
  [
    'POD-072 the legacy image from a mirror',
    '{registry: m.example.com, ollama: {enabled: true, image: {repository: ollama/ollama}}}',
    SET,
    `${OLLAMA}.image`,
    'm.example.com/ollama/ollama:latest',
  ],
  [
    'D16 Go finds the CA bundle by its own variable',
    '{ollama: {enabled: true}, security: {caBundle: {configMapName: ca}}}',
    SET,
    `${OLLAMA}.env[name=SSL_CERT_FILE].value`,
    '/etc/ssl/certs/custom-ca-bundle.crt',
  ],
  ...numbers,
]);

test('POD-041 D12 models are pulled once Ollama answers and before anything of the user runs', () => {
  const result = rendered('{ollama: {enabled: true, models: [a]}, initContainers: [{name: mine, image: busybox}]}');
  assert.deepEqual(names(field(result, SET, `${POD}.initContainers`)), ['prepare', 'ollama', 'pull-models', 'mine']);
  assert.ok((field(result, SET, `${OLLAMA}.startupProbe`) as { readonly exec?: Json }).exec !== undefined);
});

test('POD-157 nothing but Ollama asks for its GPUs', () => {
  const asking = allContainers(rendered('{ollama: {enabled: true, gpu: 1, models: [a]}}')).filter((container) =>
    JSON.stringify(container).includes('nvidia.com/gpu'),
  );
  assert.deepEqual(
    asking.map(({ name }) => name),
    ['ollama'],
  );
});
