import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, type Json } from '../shape.ts';
import { CONFIG, field, MAIN, POD, refusals, rendered, type Row, SET, testRows } from './rendered.ts';

const JSON_FILE = 'data["openclaw.json"]';
const REFERENCE = { id: 'OPENCLAW_GATEWAY_TOKEN', provider: 'default', source: 'env' };

function raw(text: string): string {
  return `{config: {raw: ${text}}}`;
}

/** A row about one value of openclaw.json. */
function value(title: string, spec: string, path: string, expected: Row[4]): Row {
  return [title, spec, CONFIG, `${JSON_FILE}.${path}`, expected];
}

testRows([
  ['POD-222 the ConfigMap is there', '{}', CONFIG, 'metadata.labels["app.kubernetes.io/instance"]', '<name>'],
  value('POD-223 local mode', '{}', 'gateway.mode', 'local'),
  value('POD-223 device identity stays on', '{}', 'gateway.controlUi.dangerouslyDisableDeviceAuth', absent),
  value("POD-224 a user's mode is kept", raw('{gateway: {mode: remote}}'), 'gateway.mode', 'remote'),
  value('POD-224 even null', raw('{gateway: {mode: null}}'), 'gateway.mode', null),
  value('POD-225 metrics are exported', '{}', 'diagnostics.otel.endpoint', 'http://127.0.0.1:4318'),
  value(
    "POD-225 a user's exporter is kept",
    raw('{diagnostics: {otel: {endpoint: "http://x:1"}}}'),
    'diagnostics.otel.endpoint',
    'http://x:1',
  ),
  value('POD-225 no export without metrics', '{observability: {metrics: {enabled: false}}}', 'diagnostics', absent),
  value('POD-225 the key that OpenClaw refuses is never written', '{}', 'diagnostics.metrics', absent),
  value('POD-226 ARD-111 the token is a reference', '{}', 'gateway.auth.token', REFERENCE),
  value('POD-226 the mode is token', '{}', 'gateway.auth.mode', 'token'),
  value("POD-227 a user's token reference is kept", raw('{gateway: {auth: {token: "${MY_TOKEN}"}}}'), 'gateway.auth.token', '${MY_TOKEN}'),
  value(
    "POD-227 a user's token object is kept",
    raw('{gateway: {auth: {token: {source: env, provider: p, id: X}}}}'),
    'gateway.auth.token',
    { id: 'X', provider: 'p', source: 'env' },
  ),
  value(
    'POD-228 trusted-proxy: no token',
    raw('{gateway: {auth: {mode: trusted-proxy, trustedProxy: {userHeader: x}}}}'),
    'gateway.auth.token',
    absent,
  ),
  value(
    'POD-228 trusted-proxy: the rest is kept',
    raw('{gateway: {auth: {mode: trusted-proxy, trustedProxy: {userHeader: x}}}}'),
    'gateway.auth.trustedProxy',
    { userHeader: 'x' },
  ),
  value('POD-229 another mode is kept', raw('{gateway: {auth: {mode: password}}}'), 'gateway.auth.mode', 'password'),
  value('POD-229 and gets the token', raw('{gateway: {auth: {mode: password}}}'), 'gateway.auth.token', REFERENCE),
  value(
    "POD-231 a user's device auth setting is kept",
    raw('{gateway: {controlUi: {dangerouslyDisableDeviceAuth: false}}}'),
    'gateway.controlUi.dangerouslyDisableDeviceAuth',
    false,
  ),
  value('POD-237 loopback behind the proxy', '{}', 'gateway.bind', 'loopback'),
  value('POD-237 all interfaces without it', '{gateway: {enabled: false}}', 'gateway.bind', 'lan'),
  value(
    "POD-237 a user's bind is kept",
    '{gateway: {enabled: false}, config: {raw: {gateway: {bind: tailnet}}}}',
    'gateway.bind',
    'tailnet',
  ),
  value('POD-238 exactly the proxy is trusted', '{}', 'gateway.trustedProxies', ['127.0.0.1/32']),
  value("POD-238 after the user's", raw('{gateway: {trustedProxies: ["10.1.0.0/16"]}}'), 'gateway.trustedProxies', [
    '10.1.0.0/16',
    '127.0.0.1/32',
  ]),
  value('POD-238 not twice', raw('{gateway: {trustedProxies: ["127.0.0.1/32"]}}'), 'gateway.trustedProxies', ['127.0.0.1/32']),
  value(
    "POD-239 the user's origins, sorted, once",
    '{gateway: {controlUiOrigins: ["https://b.example.test", "https://a.example.test", "https://b.example.test"]}}',
    'gateway.controlUi.allowedOrigins',
    ['https://a.example.test', 'https://b.example.test'],
  ),
  value(
    'POD-241 allowedOrigins in the configuration win',
    '{gateway: {controlUiOrigins: ["https://a.example.test"]}, config: {raw: {gateway: {controlUi: {allowedOrigins: []}}}}}',
    'gateway.controlUi.allowedOrigins',
    [],
  ),
  value('POD-243 other keys survive', raw('{agents: {defaults: {model: {primary: m}}}, session: {scope: per-sender}}'), 'agents', {
    defaults: { model: { primary: 'm' } },
  }),
  value(
    'POD-243 beside ours too',
    raw('{gateway: {port: 18789, auth: {password: {source: env, provider: default, id: P}}}}'),
    'gateway.auth.password.id',
    'P',
  ),
]);

const map = (data: string): string => `{apiVersion: v1, kind: ConfigMap, metadata: {name: base, namespace: agents}, data: ${data}}`;

test('POD-244 ARD-331 POD-245 a referenced config is enriched like raw, from any key, and wins', () => {
  const result = rendered(
    '{config: {configMapRef: {name: base, key: mine.json}, raw: {gateway: {mode: remote}}}}',
    map(`{mine.json: '{"agents": {"x": 1}}'}`),
  );
  assert.equal(field(result, CONFIG, `${JSON_FILE}.agents.x`), 1);
  assert.equal(field(result, CONFIG, `${JSON_FILE}.gateway.mode`), 'local');
  assert.equal(field(result, CONFIG, 'data["mine.json"]'), absent);
  const plain = rendered('{config: {configMapRef: {name: base}}}', map(`{openclaw.json: '{"agents": {"x": 2}}'}`));
  assert.equal(field(plain, CONFIG, `${JSON_FILE}.agents.x`), 2);
});

test('POD-246 ARD-330 a missing ConfigMap or key is an error that names it', () => {
  assert.match(refusals('{config: {configMapRef: {name: base}}}').join('\n'), /^config-map-not-found: .*"base"/);
  assert.match(
    refusals('{config: {configMapRef: {name: base, key: k.json}}}', map('{other: x}')).join('\n'),
    /^config-map-not-found: .*"k\.json"/,
  );
});

test('POD-247 an empty text counts as an empty object', () => {
  const empty = rendered('{config: {configMapRef: {name: base}}}', map(`{openclaw.json: ''}`));
  assert.equal(field(empty, CONFIG, JSON_FILE), field(rendered('{}'), CONFIG, JSON_FILE));
});

test('POD-248 POD-263 JSON5 is read at render time', () => {
  const result = rendered(
    '{config: {format: json5, configMapRef: {name: base}}}',
    map(`{openclaw.json: "{agents: {x: 'y',}, // comment\\n}"}`),
  );
  assert.equal(field(result, CONFIG, `${JSON_FILE}.agents.x`), 'y');
  assert.equal(field(result, CONFIG, `${JSON_FILE}.gateway.mode`), 'local');
  assert.equal(field(result, SET, `${MAIN}.lifecycle`), absent);
});

test('POD-249 POD-250 sorted, and enriching the result again changes nothing', () => {
  const text = field(rendered(raw('{z: 1, a: {y: 1, b: [2, 1]}, gateway: {trustedProxies: ["10.0.0.0/8"]}}')), CONFIG, JSON_FILE);
  assert.ok(typeof text === 'string');
  assert.equal(text, JSON.stringify(sorted(JSON.parse(text) as Json), null, 2));
  assert.equal(field(rendered(raw(text)), CONFIG, JSON_FILE), text);
});

function sorted(json: Json): Json {
  if (Array.isArray(json)) return json.map(sorted);
  if (typeof json !== 'object' || json === null) return json;
  const map = json as { readonly [key: string]: Json };
  return Object.fromEntries(
    Object.keys(map)
      .sort()
      .map((key) => [key, sorted(map[key] as Json)]),
  );
}

test('POD-251 ARD-111 no token value is in any manifest', () => {
  const { objects } = rendered('{}');
  for (const object of objects) {
    if (object.kind === 'Secret') assert.equal('data' in object || 'stringData' in object, false);
  }
  assert.doesNotMatch(JSON.stringify(objects), /[0-9a-f]{64}/);
});

const PLAN = 'data["prepare.json"].config';

testRows([
  ['POD-258 force paths in order', '{config: {mergeMode: merge, forcePaths: [b, a.c]}}', CONFIG, `${PLAN}.forcePaths`, ['b', 'a.c']],
  ['POD-258 no force paths', '{config: {mergeMode: merge}}', CONFIG, `${PLAN}.forcePaths`, []],
  ['POD-259 overwrite has nothing to force', '{config: {mergeMode: overwrite}}', CONFIG, PLAN, null],
  ['POD-262 merge without raw still merges', '{config: {mergeMode: merge}}', CONFIG, `${PLAN}.mode`, 'merge'],
  ['POD-262 into the live file', '{config: {mergeMode: merge}}', CONFIG, `${PLAN}.target`, '/data/openclaw/openclaw.json'],
  ['POD-104 a version that can reads the mounted file', '{}', SET, `${MAIN}.volumeMounts[mountPath=/etc/openclaw].readOnly`, true],
  ['POD-253 then nothing is copied', '{}', CONFIG, PLAN, null],
  ['POD-253 an older version gets a copy', '{image: {tag: "2026.6.11"}}', CONFIG, `${PLAN}.mode`, 'overwrite'],
  ['POD-104 and no mount', '{image: {tag: "2026.6.11"}}', SET, `${MAIN}.volumeMounts[mountPath=/etc/openclaw]`, absent],
]);

test('POD-129 without the proxy nothing of it is there', () => {
  const result = rendered('{gateway: {enabled: false}}');
  assert.equal(field(result, SET, `${POD}.containers[name=gateway-proxy]`), absent);
  assert.equal(field(result, SET, `${POD}.volumes[name=gateway-proxy-tmp]`), absent);
  assert.equal(field(result, CONFIG, 'data["nginx.conf"]'), absent);
});

const COLLECTOR = `${POD}.containers[name=otel-collector]`;

testRows([
  ['POD-132 the collector is there', '{}', SET, `${COLLECTOR}.image`, 'docker.io/otel/opentelemetry-collector:0.120.0'],
  ['POD-132 no collector without metrics', '{observability: {metrics: {enabled: false}}}', SET, COLLECTOR, absent],
  [
    'POD-132 no volume without metrics',
    '{observability: {metrics: {enabled: false}}}',
    SET,
    `${POD}.volumes[name=otel-collector-config]`,
    absent,
  ],
  [
    'POD-132 no configuration without metrics',
    '{observability: {metrics: {enabled: false}}}',
    CONFIG,
    'data["otel-collector.yaml"]',
    absent,
  ],
  [
    'POD-133 the collector mounts a directory',
    '{}',
    SET,
    `${COLLECTOR}.volumeMounts`,
    [{ mountPath: '/etc/otel-collector', name: 'otel-collector-config', readOnly: true }],
  ],
  ['POD-133 the collector is told its file', '{}', SET, `${COLLECTOR}.args`, ['--config=/etc/otel-collector/otel-collector.yaml']],
  [
    'POD-134 a custom port of the container',
    '{observability: {metrics: {port: 9464}}}',
    SET,
    `${COLLECTOR}.ports[name=metrics].containerPort`,
    9464,
  ],
  [
    'POD-134 a custom port of the exporter',
    '{observability: {metrics: {port: 9464}}}',
    CONFIG,
    'data["otel-collector.yaml"]',
    /endpoint: 0\.0\.0\.0:9464\n/,
  ],
  ['POD-135 the receiver', '{}', CONFIG, 'data["otel-collector.yaml"]', /http:\n\s+endpoint: 127\.0\.0\.1:4318\n/],
  ['POD-135 idle series stay', '{}', CONFIG, 'data["otel-collector.yaml"]', /metric_expiration: 8760h\n/],
  ['POD-130 the proxy speaks HTTP', '{}', CONFIG, 'data["nginx.conf"]', /\nhttp \{[^]*proxy_pass http:\/\/127\.0\.0\.1:18789;/],
  ['POD-128 the proxy runs as its own user', '{}', SET, `${POD}.containers[name=gateway-proxy].securityContext.runAsUser`, 101],
]);
