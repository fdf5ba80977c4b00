import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageFromRegistry } from '../../../src/kube/registry-override.ts';
import { absent } from '../shape.ts';
import { allContainers, CONFIG, field, MAIN, names, POD, rendered, SET, testRows } from './rendered.ts';

const TOKEN = { name: 'OPENCLAW_GATEWAY_TOKEN', valueFrom: { secretKeyRef: { key: 'token', name: '<name>-gateway-token' } } };
const TRUSTED = 'gateway: {auth: {mode: trusted-proxy, trustedProxy: {userHeader: x-user}}}';

testRows([
  ['POD-061 the official image', '{}', SET, `${MAIN}.image`, 'ghcr.io/openclaw/openclaw:latest'],
  ['POD-061 pulled when it is not there', '{}', SET, `${MAIN}.imagePullPolicy`, 'IfNotPresent'],
  [
    'POD-062 the digest wins over the tag',
    `{image: {repository: r.example.test/a, tag: "1", digest: "sha256:${'0'.repeat(64)}"}}`,
    SET,
    `${MAIN}.image`,
    `r.example.test/a@sha256:${'0'.repeat(64)}`,
  ],
  [
    'POD-064 a mirror replaces the registry',
    '{registry: mirror.example.test/p}',
    SET,
    `${MAIN}.image`,
    'mirror.example.test/p/openclaw/openclaw:latest',
  ],
  [
    'POD-064 a mirror for Docker Hub images',
    '{registry: mirror.example.test}',
    SET,
    `${POD}.containers[name=gateway-proxy].image`,
    'mirror.example.test/nginx:1.27-alpine',
  ],
  [
    'POD-068 slashes at the end of the mirror',
    '{registry: "mirror.example.test//"}',
    SET,
    `${MAIN}.image`,
    'mirror.example.test/openclaw/openclaw:latest',
  ],
  ['POD-065 no mirror', '{}', SET, `${POD}.containers[name=gateway-proxy].image`, 'docker.io/library/nginx:1.27-alpine'],
  [
    "POD-067 a mirror is not for the user's images",
    '{registry: m.example.test, sidecars: [{name: s, image: "busybox:1"}]}',
    SET,
    `${POD}.containers[name=s].image`,
    'busybox:1',
  ],
  ["POD-079 main names the gateway's port only", '{}', SET, `${MAIN}.ports[name=canvas]`, absent],
  ['POD-080 HOME', '{}', SET, `${MAIN}.env[name=HOME].value`, '/home/openclaw'],
  ['POD-080 no Bonjour', '{}', SET, `${MAIN}.env[name=OPENCLAW_DISABLE_BONJOUR].value`, '1'],
  ['POD-080 handshake timeout', '{}', SET, `${MAIN}.env[name=OPENCLAW_GATEWAY_HANDSHAKE_TIMEOUT_MS].value`, '10000'],
  ['POD-080 npm prefix', '{}', SET, `${MAIN}.env[name=NPM_CONFIG_PREFIX].value`, '/home/openclaw/.local'],
  ['POD-080 npm cache', '{}', SET, `${MAIN}.env[name=NPM_CONFIG_CACHE].value`, '/home/openclaw/.cache/npm'],
  ['POD-080 pip', '{}', SET, `${MAIN}.env[name=PIP_USER].value`, '1'],
  [
    'POD-082 a user handshake timeout wins',
    '{env: [{name: OPENCLAW_GATEWAY_HANDSHAKE_TIMEOUT_MS, value: "5"}]}',
    SET,
    `${MAIN}.env[name=OPENCLAW_GATEWAY_HANDSHAKE_TIMEOUT_MS].value`,
    '5',
  ],
  ['POD-083 envFrom', '{envFrom: [{secretRef: {name: keys}}]}', SET, `${MAIN}.envFrom`, [{ secretRef: { name: 'keys' } }]],
  ['POD-084 the token from the generated Secret', '{}', SET, `${MAIN}.env[name=OPENCLAW_GATEWAY_TOKEN]`, TOKEN],
  [
    "POD-085 ARD-110 the token from the user's Secret",
    '{gateway: {existingSecret: mine}}',
    SET,
    `${MAIN}.env[name=OPENCLAW_GATEWAY_TOKEN].valueFrom.secretKeyRef`,
    { key: 'token', name: 'mine' },
  ],
  [
    'POD-087 ARD-113 trusted-proxy in raw: no token',
    `{config: {raw: {${TRUSTED}}}}`,
    SET,
    `${MAIN}.env[name=OPENCLAW_GATEWAY_TOKEN]`,
    absent,
  ],
  [
    'POD-089 another mode is not trusted-proxy',
    '{config: {raw: {gateway: {auth: {mode: password}}}}}',
    SET,
    `${MAIN}.env[name=OPENCLAW_GATEWAY_TOKEN]`,
    TOKEN,
  ],
  [
    'POD-089 no mode is not trusted-proxy',
    '{config: {raw: {gateway: {auth: {trustedProxy: {}}}}}}',
    SET,
    `${MAIN}.env[name=OPENCLAW_GATEWAY_TOKEN]`,
    TOKEN,
  ],
  ['POD-096 no PATH', '{}', SET, `${MAIN}.env[name=PATH]`, absent],
  ['POD-105 /tmp is an emptyDir', '{}', SET, `${POD}.volumes[name=tmp].emptyDir`, { sizeLimit: '4Gi' }],
  ['POD-105 /tmp is mounted', '{}', SET, `${MAIN}.volumeMounts[mountPath=/tmp].name`, 'tmp'],
  ['POD-102 the state is where it always was', '{}', SET, `${MAIN}.volumeMounts[mountPath=/home/openclaw/.openclaw].name`, 'data'],
  ...['.local', '.cache', '.config'].map(
    (directory) =>
      [
        `POD-103 ${directory} is a directory of the volume`,
        '{}',
        SET,
        `${MAIN}.volumeMounts[mountPath=/home/openclaw/${directory}]`,
        { mountPath: `/home/openclaw/${directory}`, name: 'data', subPath: directory },
      ] as const,
  ),
  ['POD-221 2000m is 2', '{resources: {limits: {cpu: 2000m}}}', SET, `${MAIN}.resources.limits.cpu`, '2'],
  ['POD-221 1024Mi is 1Gi', '{resources: {requests: {memory: 1024Mi}}}', SET, `${MAIN}.resources.requests.memory`, '1Gi'],
  ['POD-221 half a Gi is 512Mi', '{resources: {requests: {memory: 0.5Gi}}}', SET, `${MAIN}.resources.requests.memory`, '512Mi'],
  ['POD-221 1.5 processors are 1500m', '{resources: {limits: {cpu: "1.5"}}}', SET, `${MAIN}.resources.limits.cpu`, '1500m'],
  ['ARD-147 an absent limit takes its default', '{resources: {limits: {cpu: "3"}}}', SET, `${MAIN}.resources.limits.memory`, '4Gi'],
]);

const mirrors: readonly (readonly [image: string, registry: string, expected: string])[] = [
  ['ghcr.io/openclaw/openclaw:v1.2.3', 'my-registry:5000', 'my-registry:5000/openclaw/openclaw:v1.2.3'],
  ['docker.io/library/busybox@sha256:abc123', 'm.example.test', 'm.example.test/busybox@sha256:abc123'],
  ['nginx:1.27-alpine', 'm.example.test', 'm.example.test/nginx:1.27-alpine'],
  ['docker.io/ollama/ollama:latest', 'm.example.test', 'm.example.test/ollama/ollama:latest'],
  ['ollama/ollama:latest', 'm.example.test', 'm.example.test/ollama/ollama:latest'],
  ['localhost/a:1', 'm.example.test', 'm.example.test/localhost/a:1'],
  ['localhost:5000/a:1', 'm.example.test/p', 'm.example.test/p/a:1'],
  ['[::1]:5000/a:1', 'm.example.test', 'm.example.test/a:1'],
  ['docker.io/library/busybox:1.37', '', 'docker.io/library/busybox:1.37'],
];

for (const [image, registry, expected] of mirrors) {
  test(`ARD-189 POD-064 POD-065 ${image} from ${registry === '' ? 'no mirror' : registry}`, () => {
    assert.equal(imageFromRegistry(image, registry), expected);
  });
}

test('POD-063 the pull policy reaches the containers of the main image only', () => {
  const policies = allContainers(rendered('{image: {pullPolicy: Always}}')).map(({ name, imagePullPolicy }) => [name, imagePullPolicy]);
  assert.deepEqual(policies, [
    ['prepare', 'Always'],
    ['openclaw', 'Always'],
    ['gateway-proxy', 'IfNotPresent'],
    ['otel-collector', 'IfNotPresent'],
  ]);
});

test('POD-081 user variables follow ours, each name once', () => {
  const found = names(
    field(rendered('{env: [{name: HOME, value: /x}, {name: A, value: b}, {name: PIP_USER, value: "0"}]}'), SET, `${MAIN}.env`),
  );
  assert.deepEqual(found.slice(-3), ['HOME', 'A', 'PIP_USER']);
  assert.equal(new Set(found).size, found.length);
});

test("POD-086 ARD-114 the user's token variable is the only one", () => {
  const result = rendered('{env: [{name: OPENCLAW_GATEWAY_TOKEN, valueFrom: {secretKeyRef: {name: mine, key: k}}}]}');
  const env = field(result, SET, `${MAIN}.env`) as readonly { readonly name: string }[];
  assert.deepEqual(
    env.filter(({ name }) => name === 'OPENCLAW_GATEWAY_TOKEN'),
    [{ name: 'OPENCLAW_GATEWAY_TOKEN', valueFrom: { secretKeyRef: { key: 'k', name: 'mine' } } }],
  );
});

test('POD-088 POD-089 trusted-proxy in a referenced config: no token, whatever else is there', () => {
  const map = `{apiVersion: v1, kind: ConfigMap, metadata: {name: base, namespace: agents}, data: {openclaw.json: '{gateway: {auth: {mode: "trusted-proxy", extra: 1}}}'}}`;
  const result = rendered('{config: {configMapRef: {name: base}}}', map);
  assert.equal(field(result, SET, `${MAIN}.env[name=OPENCLAW_GATEWAY_TOKEN]`), absent);
  assert.equal(field(result, CONFIG, 'data["openclaw.json"].gateway.auth.token'), absent);
});

test('POD-110 main does not mount the workspace', () => {
  const mounts = field(rendered('{workspace: {initialFiles: {A.md: a}}}'), SET, `${MAIN}.volumeMounts`);
  assert.ok(!names(mounts).includes('workspace-init'));
});

test('POD-206 POD-208 POD-209 the CA bundle is in every container of ours or in none', () => {
  const path = '/etc/ssl/certs/custom-ca-bundle.crt';
  const subPaths = (spec: string): readonly unknown[] =>
    allContainers(rendered(spec)).map(
      ({ volumeMounts }) =>
        (volumeMounts as readonly { mountPath: string; subPath?: string }[]).find(({ mountPath }) => mountPath === path)?.subPath,
    );
  assert.deepEqual(new Set(subPaths('{}')), new Set([undefined]));
  assert.deepEqual(new Set(subPaths('{security: {caBundle: {configMapName: ca}}}')), new Set(['ca-bundle.crt']));
  assert.deepEqual(new Set(subPaths('{security: {caBundle: {secretName: ca, key: root.pem}}}')), new Set(['root.pem']));
  assert.equal(field(rendered('{}'), SET, `${POD}.volumes[name=ca-bundle]`), absent);
  assert.equal(field(rendered('{}'), SET, `${MAIN}.env[name=NODE_EXTRA_CA_CERTS]`), absent);
  assert.equal(field(rendered('{security: {caBundle: {secretName: ca}}}'), SET, `${MAIN}.env[name=NODE_EXTRA_CA_CERTS].value`), path);
});

testRows([
  [
    'POD-207 a ConfigMap as CA bundle',
    '{security: {caBundle: {configMapName: ca}}}',
    SET,
    `${POD}.volumes[name=ca-bundle].configMap.name`,
    'ca',
  ],
  [
    'POD-207 a Secret as CA bundle',
    '{security: {caBundle: {secretName: ca}}}',
    SET,
    `${POD}.volumes[name=ca-bundle].secret.secretName`,
    'ca',
  ],
]);
