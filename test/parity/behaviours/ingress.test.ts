import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent, type Json } from '../shape.ts';
import { CONFIG, field, names, refusals, rendered, type Row, SET, testRows } from './rendered.ts';

const INGRESS = 'Ingress/bot';
const ROUTE = 'HTTPRoute/bot';
const ORIGINS = 'data["openclaw.json"].gateway.controlUi.allowedOrigins';
const HOST = 'hosts: [{host: a.example.com}]';
const ingress = (text: string): string => `{networking: {ingress: {enabled: true, ${text}}}}`;
const nginx = (text = ''): string => ingress(`className: nginx, ${HOST}, ${text}`);
const traefik = (text = ''): string => ingress(`className: traefik, ${HOST}, ${text}`);
const route = (text = ''): string => `{networking: {httpRoute: {enabled: true, parentRefs: [{name: web}], ${text}}}}`;
const annotation = (name: string): string => `metadata.annotations["nginx.ingress.kubernetes.io/${name}"]`;
const router = (name: string): string => `metadata.annotations["traefik.ingress.kubernetes.io/router.${name}"]`;
const LOGIN = 'security: {basicAuth: {enabled: true}}';
const backend = (number: number): Json => ({ service: { name: 'bot', port: { number } } });
const STREAMS = {
  'nginx.ingress.kubernetes.io/proxy-body-size': '512m',
  'nginx.ingress.kubernetes.io/proxy-buffering': 'off',
  'nginx.ingress.kubernetes.io/proxy-http-version': '1.1',
  'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
  'nginx.ingress.kubernetes.io/proxy-request-buffering': 'off',
  'nginx.ingress.kubernetes.io/proxy-send-timeout': '3600',
  'nginx.ingress.kubernetes.io/upstream-hash-by': '$binary_remote_addr',
};

const shape: readonly Row[] = [
  ['ARD-060 no Ingress unless asked', `{networking: {ingress: {${HOST}}}}`, INGRESS, '', absent],
  ['ARD-060 no Ingress without the block', '{}', INGRESS, '', absent],
  [
    'ARD-061 a host without paths',
    nginx(),
    INGRESS,
    'spec.rules',
    [{ host: 'a.example.com', http: { paths: [{ backend: backend(18789), path: '/', pathType: 'Prefix' }] } }],
  ],
  [
    'ARD-062 path types and ports',
    ingress('className: nginx, hosts: [{host: "", paths: [{path: /m, pathType: Exact, port: 9090}, {port: 18789}]}]'),
    INGRESS,
    'spec.rules',
    [
      {
        http: {
          paths: [
            { backend: backend(9090), path: '/m', pathType: 'Exact' },
            { backend: backend(18789), path: '/', pathType: 'Prefix' },
          ],
        },
      },
    ],
  ],
  [
    'ARD-063 certificates',
    nginx('tls: [{hosts: [a.example.com], secretName: a}, {secretName: b}]'),
    INGRESS,
    'spec.tls',
    [{ hosts: ['a.example.com'], secretName: 'a' }, { secretName: 'b' }],
  ],
  ['ARD-063 no certificates', nginx(), INGRESS, 'spec.tls', absent],
  ['the class', nginx(), INGRESS, 'spec.ingressClassName', 'nginx'],
  ['no class', ingress(HOST), INGRESS, 'spec.ingressClassName', absent],
];

const nginxRows: readonly Row[] = [
  [
    'ARD-064 a class with nginx and traefik in it',
    ingress(`className: nginx-traefik, ${HOST}`),
    INGRESS,
    annotation('proxy-buffering'),
    'off',
  ],
  ['ARD-065 redirect', nginx(), INGRESS, annotation('ssl-redirect'), 'true'],
  ['ARD-065 forced redirect', nginx(), INGRESS, annotation('force-ssl-redirect'), 'true'],
  [
    'ARD-065 HSTS comes from the gateway',
    nginx(),
    CONFIG,
    'data["openclaw.json"].gateway.http.securityHeaders.strictTransportSecurity',
    'max-age=31536000; includeSubDomains',
  ],
  ['ARD-066 without HTTPS options', nginx('security: {forceHTTPS: false, enableHSTS: false}'), INGRESS, 'metadata.annotations', STREAMS],
  ['ARD-066 no HSTS', nginx('security: {enableHSTS: false}'), CONFIG, 'data["openclaw.json"].gateway.http', absent],
  ['ARD-067 the default rate', nginx('security: {rateLimiting: {}}'), INGRESS, annotation('limit-rps'), '10'],
  ['ARD-067 a rate', nginx('security: {rateLimiting: {enabled: true, requestsPerSecond: 7}}'), INGRESS, annotation('limit-rps'), '7'],
  ['ARD-067 a rate that is off', nginx('security: {rateLimiting: {enabled: false}}'), INGRESS, annotation('limit-rps'), absent],
  ['ARD-067 no rate', nginx(), INGRESS, annotation('limit-rps'), absent],
  [
    'ARD-070 what the spec decides wins',
    nginx('annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "false"}'),
    INGRESS,
    annotation('ssl-redirect'),
    'true',
  ],
  [
    'ARD-070 a size of the user stays',
    nginx('annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 1g}'),
    INGRESS,
    annotation('proxy-body-size'),
    '1g',
  ],
  ['ARD-070 others coexist', nginx('annotations: {a: b}'), INGRESS, 'metadata.annotations.a', 'b'],
  ['ARD-071 the kind of login', nginx(LOGIN), INGRESS, annotation('auth-type'), 'basic'],
  ['ARD-071 the Secret of the login', nginx(LOGIN), INGRESS, annotation('auth-secret'), 'bot-basic-auth'],
  ['ARD-071 the realm', nginx(LOGIN), INGRESS, annotation('auth-realm'), 'OpenClaw'],
  ['ARD-071 a realm', nginx('security: {basicAuth: {enabled: true, realm: Sala 1}}'), INGRESS, annotation('auth-realm'), 'Sala 1'],
  [
    'ARD-072 the own Secret',
    nginx('security: {basicAuth: {enabled: true, existingSecret: mine}}'),
    INGRESS,
    annotation('auth-secret'),
    'mine',
  ],
  ['ARD-072 none is made', nginx('security: {basicAuth: {enabled: true, existingSecret: mine}}'), 'Secret/bot-basic-auth', '', absent],
  ['ARD-074 an empty block asks for no login', nginx('security: {basicAuth: {}}'), INGRESS, annotation('auth-type'), absent],
  ['ARD-074 and makes no Secret', nginx('security: {basicAuth: {}}'), 'Secret/bot-basic-auth', '', absent],
  ['ARD-115 the Secret is a shell', nginx(LOGIN), 'Secret/bot-basic-auth', 'data', absent],
  [
    'ARD-115 the Job fills it',
    nginx('security: {basicAuth: {enabled: true, username: ana}}'),
    CONFIG,
    'data["fill-secrets.json"].secrets[name=bot-basic-auth].login',
    { randomBytes: 32, username: 'ana' },
  ],
];

const otherRows: readonly Row[] = [
  ['ARD-068 traefik', traefik(), INGRESS, 'metadata.annotations', { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' }],
  ['ARD-068 traefik with a certificate', traefik('tls: [{secretName: a}]'), INGRESS, router('tls'), 'true'],
  [
    'ARD-068 traefik without HTTPS',
    traefik('tls: [{secretName: a}], security: {forceHTTPS: false}'),
    INGRESS,
    'metadata.annotations',
    absent,
  ],
  [
    'ARD-067 traefik has a Middleware for the rate',
    traefik('security: {rateLimiting: {requestsPerSecond: 3}}'),
    'Middleware/bot-rate-limit',
    'spec',
    { rateLimit: { average: 3, burst: 15, period: '1s' } },
  ],
  ['ARD-069 another class', ingress(`className: alb, annotations: {a: b}, ${HOST}`), INGRESS, 'metadata.annotations', { a: 'b' }],
  ['ARD-069 no class', ingress(HOST), INGRESS, 'metadata.annotations', absent],
  [
    'ARD-070 Middlewares of the user stay',
    traefik(`annotations: {traefik.ingress.kubernetes.io/router.middlewares: x-y@kubernetescrd}, ${LOGIN}`),
    INGRESS,
    router('middlewares'),
    'x-y@kubernetescrd,agents-bot-basic-auth@kubernetescrd',
  ],
  ['ARD-073 the reference', traefik(LOGIN), INGRESS, router('middlewares'), 'agents-bot-basic-auth@kubernetescrd'],
  [
    'ARD-073 the Middleware',
    traefik('security: {basicAuth: {enabled: true, realm: Sala 1}}'),
    'Middleware/bot-basic-auth',
    'spec.basicAuth',
    { realm: 'Sala 1', removeHeader: true, secret: 'bot-basic-auth-users' },
  ],
  [
    'ARD-072 the own Secret for traefik',
    traefik('security: {basicAuth: {enabled: true, existingSecret: mine}}'),
    'Middleware/bot-basic-auth',
    'spec.basicAuth.secret',
    'mine',
  ],
];

const routeRows: readonly Row[] = [
  ['ARD-080 absent', '{}', ROUTE, '', absent],
  ['ARD-080 disabled', '{networking: {httpRoute: {parentRefs: [{name: web}]}}}', ROUTE, '', absent],
  [
    'ARD-081 one rule to the Service',
    route(),
    ROUTE,
    'spec.rules',
    [
      {
        backendRefs: [{ group: '', kind: 'Service', name: 'bot', port: 18789, weight: 1 }],
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        timeouts: { request: '0s' },
      },
    ],
  ],
  ['ARD-082 a parent by name', route(), ROUTE, 'spec.parentRefs', [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web' }]],
  [
    'ARD-082 a listener in another namespace',
    route('parentRefs: [{name: web, namespace: infra, sectionName: https}]').replace('parentRefs: [{name: web}], ', ''),
    ROUTE,
    'spec.parentRefs',
    [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web', namespace: 'infra', sectionName: 'https' }],
  ],
  ['ARD-083 no host names', route('hostnames: []'), ROUTE, 'spec.hostnames', absent],
  ['ARD-083 host names', route('hostnames: [r.example.com]'), ROUTE, 'spec.hostnames', ['r.example.com']],
  ['ARD-084 a port', route('port: 9090'), ROUTE, 'spec.rules[0].backendRefs[0].port', 9090],
  ['ARD-084 annotations', route('annotations: {a: b}'), ROUTE, 'metadata.annotations.a', 'b'],
  ['ARD-085 host names are origins', route('hostnames: [r.example.com, "*.example.com"]'), CONFIG, ORIGINS, ['https://r.example.com']],
];

const originRows: readonly Row[] = [
  ['POD-239 a host with a certificate', nginx('tls: [{hosts: [a.example.com]}]'), CONFIG, ORIGINS, ['https://a.example.com']],
  ['POD-239 a wildcard certificate', ingress(`${HOST}, tls: [{hosts: ["*.example.com"]}]`), CONFIG, ORIGINS, ['https://a.example.com']],
  ['POD-239 a certificate for every host', ingress(`${HOST}, tls: [{secretName: a}]`), CONFIG, ORIGINS, ['https://a.example.com']],
  ['POD-239 a host whose TLS may be elsewhere', ingress(HOST), CONFIG, ORIGINS, ['http://a.example.com', 'https://a.example.com']],
  [
    'POD-239 a host of another certificate',
    ingress(`${HOST}, tls: [{hosts: [b.example.com]}]`),
    CONFIG,
    ORIGINS,
    ['http://a.example.com', 'https://a.example.com'],
  ],
  ['POD-239 forced HTTPS', nginx(), CONFIG, ORIGINS, ['https://a.example.com']],
  [
    'POD-239 joined, sorted, unique',
    `{gateway: {controlUiOrigins: ["https://z.example.com", "https://a.example.com"]}, networking: {ingress: {enabled: true, className: nginx, ${HOST}}}}`,
    CONFIG,
    ORIGINS,
    ['https://a.example.com', 'https://z.example.com'],
  ],
  [
    'POD-240 origins of an Ingress that is off, without empty hosts',
    '{networking: {ingress: {hosts: [{host: ""}, {host: a.example.com}], tls: [{hosts: [a.example.com]}]}}}',
    CONFIG,
    ORIGINS,
    ['https://a.example.com'],
  ],
];

testRows([...shape, ...nginxRows, ...otherRows, ...routeRows, ...originRows]);

test('ARD-064 each controller gets its own annotations only', () => {
  for (const [className, prefix] of [
    ['nginx-internal', 'nginx.ingress.kubernetes.io/'],
    ['my-traefik', 'traefik.ingress.kubernetes.io/'],
  ] as const) {
    const found = field(rendered(ingress(`className: ${className}, ${HOST}, ${LOGIN}`)), INGRESS, 'metadata.annotations');
    assert.deepEqual(
      Object.keys(found as object).filter((key) => !key.startsWith(prefix)),
      [],
    );
  }
});

test('ARD-073 the Secrets that the Middleware reads are made in one go', () => {
  const result = rendered(traefik(LOGIN));
  assert.deepEqual(names(field(result, CONFIG, 'data["fill-secrets.json"].secrets')), [
    'bot-gateway-token',
    'bot-basic-auth',
    'bot-basic-auth-users',
  ]);
  assert.deepEqual(field(result, 'Role/bot-secrets', 'rules[0].resourceNames'), [
    'bot-gateway-token',
    'bot-basic-auth',
    'bot-basic-auth-users',
  ]);
});

test('ARD-069 a login that nobody would ask for is refused', () => {
  assert.deepEqual(
    refusals(ingress(`className: alb, ${HOST}, ${LOGIN}`)).map((text) => text.split(':')[0]),
    ['ingress-controller-unknown'],
  );
});

test('ARD-077 closed namespaces are told', () => {
  for (const spec of [nginx(), route('parentRefs: [{name: web, namespace: infra}]').replace('parentRefs: [{name: web}], ', '')])
    assert.ok(rendered(spec).warnings.includes('ingress-source-closed'), spec);
  const open = nginx().replace(/\}$/, ', security: {networkPolicy: {allowedIngressNamespaces: [ingress-nginx]}}}');
  assert.ok(!rendered(open).warnings.includes('ingress-source-closed'));
});

const HASH = 'spec.template.metadata.annotations["openclaw.rocks/config-hash"]';
for (const [title, other] of [
  ['hosts', ingress('className: nginx, hosts: [{host: b.example.com}]')],
  ['certificates', ingress(`${HOST}, tls: [{hosts: [a.example.com]}]`)],
] as const) {
  test(`POD-301 the hash changes with ${title}`, () => {
    assert.notEqual(field(rendered(ingress(HOST)), SET, HASH), field(rendered(other), SET, HASH));
  });
}
test('POD-301 the hash changes with origins', () => {
  const [one, two] = ['https://a.example.com', 'https://b.example.com'].map((origin) =>
    field(rendered(`{gateway: {controlUiOrigins: ["${origin}"]}}`), SET, HASH),
  );
  assert.notEqual(one, two);
});
