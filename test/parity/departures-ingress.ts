/** Departures in what leads to the agent from outside: Ingress, its login, and the route of the Gateway API. */
import type { Departure } from './explain.ts';
import { absent, anyString, anyValue } from './shape.ts';

const KEEP_ON_PRUNE = {
  'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

const labels: readonly Departure[] = ['Ingress', 'HTTPRoute', 'Middleware'].map((kind): Departure => ({
  kind,
  name: '*',
  path: 'metadata.labels["app.kubernetes.io/managed-by"]',
  operator: 'openclaw-operator',
  ours: 'openclaw-gitops',
  ids: ['POD-002'],
  reason: "Nobody should take our objects for the operator's.",
}));

const missingKinds: readonly Departure[] = [
  { kind: 'HTTPRoute', path: 'metadata.annotations["argocd.argoproj.io/sync-options"]', ours: 'SkipDryRunOnMissingResource=true' },
  { kind: 'HTTPRoute', path: 'metadata.annotations', ours: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' } },
  { kind: 'Middleware', path: 'metadata.annotations', ours: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' } },
].map((entry): Departure => ({
  ...entry,
  name: '*',
  operator: absent,
  ids: ['W-23'],
  reason: 'Where the kind is not installed, Argo CD applies everything else; without it nothing of the Application would be applied.',
}));

const CONFIG = { kind: 'ConfigMap', name: '<name>-config' } as const;
const ORIGINS = { ...CONFIG, path: 'data["openclaw.json"].gateway.controlUi.allowedOrigins', ids: ['POD-239'] } as const;
const LOCAL = ['http://127.0.0.1:18789', 'http://localhost:18789'];

const config: readonly Departure[] = [
  ...['https://agent.example.test', 'https://openclaw.internal.example.com'].map((origin): Departure => ({
    ...ORIGINS,
    operator: [...LOCAL, origin],
    ours: [origin],
    reason: "A gateway on loopback accepts its local origins without being told, so only the Ingress's are listed.",
  })),
  {
    ...ORIGINS,
    operator: [...LOCAL, 'http://n.example.test'],
    ours: ['https://n.example.test'],
    reason: 'The Ingress sends every browser to https, whoever holds the certificate.',
  },
  {
    ...ORIGINS,
    operator: LOCAL,
    ours: ['https://agent.example.test'],
    ids: ['POD-239', 'W-34'],
    reason: 'Host names of an HTTPRoute are where the Control UI is opened, and the operator forgets them.',
  },
  {
    ...ORIGINS,
    operator: ['http://127.0.0.1:18789', 'http://a.example.test', 'http://b.example.test', 'http://localhost:18789'],
    ours: ['http://a.example.test', 'http://b.example.test', 'https://a.example.test', 'https://b.example.test'],
    reason: 'A host without a certificate in the Ingress may have one in front of it, and browsers then say https.',
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].gateway.http',
    operator: absent,
    ours: { securityHeaders: { strictTransportSecurity: 'max-age=31536000; includeSubDomains' } },
    ids: ['W-21', 'ARD-065'],
    reason: 'The gateway itself sends HSTS, whatever stands in front of it.',
  },
];

const INGRESS = { kind: 'Ingress', name: '*' } as const;

const ingress: readonly Departure[] = [
  {
    ...INGRESS,
    path: 'metadata.annotations["nginx.ingress.kubernetes.io/configuration-snippet"]',
    operator: anyString,
    ours: absent,
    ids: ['W-21', 'ARD-065'],
    reason: 'ingress-nginx refuses an Ingress with a snippet unless its administrator allows it; the gateway sends HSTS.',
  },
  ...[
    ['proxy-body-size', '512m', 'Its default of 1 MB refuses uploads.'],
    ['proxy-buffering', 'off', 'Streams reach the browser as they come.'],
    ['proxy-request-buffering', 'off', 'Uploads are not written to the disk of the controller first.'],
  ].map(([name, ours = '', reason = '']): Departure => ({
    ...INGRESS,
    path: `metadata.annotations["nginx.ingress.kubernetes.io/${name}"]`,
    operator: absent,
    ours,
    ids: ['ARD-065', 'ARD-066'],
    reason,
  })),
  {
    ...INGRESS,
    path: 'metadata.annotations["traefik.ingress.kubernetes.io/router.tls"]',
    operator: absent,
    ours: 'true',
    ids: ['ARD-068'],
    reason: 'Without it Traefik uses the certificate only where the entry point speaks TLS by default.',
  },
  {
    ...INGRESS,
    path: 'spec.rules[0].http.paths[1]',
    operator: anyValue,
    ours: absent,
    ids: ['W-22'],
    reason: 'OpenClaw has no canvas port any more, so the path is taken out of the input that is compared.',
  },
];

const SECRET = { kind: 'Secret', name: '<name>-basic-auth' } as const;

const login: readonly Departure[] = [
  {
    ...SECRET,
    path: 'data',
    operator: anyValue,
    ours: absent,
    ids: ['D4', 'W-18'],
    reason:
      'The Secret is rendered without data and filled once in the cluster, so that the password is in no manifest and survives every apply.',
  },
  {
    ...SECRET,
    path: 'metadata.annotations',
    operator: absent,
    ours: KEEP_ON_PRUNE,
    ids: ['ARD-115'],
    reason: 'The login outlives a mistake in Git.',
  },
  { ...SECRET, path: 'type', operator: absent, ours: 'Opaque', ids: ['ARD-115'], reason: "The API server's default, printed." },
  {
    kind: 'Secret',
    name: '<name>-basic-auth-users',
    path: '',
    operator: absent,
    ours: anyValue,
    ids: ['W-20'],
    reason: 'Traefik takes no Secret with more than one key.',
  },
  {
    kind: 'Middleware',
    name: '<name>-basic-auth',
    path: 'spec.basicAuth.secret',
    operator: '<name>-basic-auth',
    ours: '<name>-basic-auth-users',
    ids: ['W-20'],
    reason: 'Traefik takes no Secret with more than one key.',
  },
  {
    kind: 'Middleware',
    name: '<name>-basic-auth',
    path: 'spec.basicAuth.realm',
    operator: absent,
    ours: 'OpenClaw',
    ids: ['W-20'],
    reason: 'The realm that the spec names is passed on.',
  },
  {
    kind: 'Middleware',
    name: '<name>-basic-auth',
    path: 'spec.basicAuth.removeHeader',
    operator: absent,
    ours: true,
    ids: ['ARD-073'],
    reason: 'The agent has no use for the password.',
  },
];

const ROUTE = { kind: 'HTTPRoute', name: '*' } as const;

const route: readonly Departure[] = [
  ...(
    [
      ['spec.parentRefs[0].group', 'gateway.networking.k8s.io'],
      ['spec.parentRefs[0].kind', 'Gateway'],
      ['spec.rules[0].backendRefs[0].group', ''],
      ['spec.rules[0].backendRefs[0].kind', 'Service'],
      ['spec.rules[0].backendRefs[0].weight', 1],
    ] as const
  ).map(([path, ours]): Departure => ({
    ...ROUTE,
    path,
    operator: absent,
    ours,
    ids: ['ARD-081'],
    reason: "The API server's defaults, printed: engines compare these lists as a whole and would see drift for ever.",
  })),
  {
    ...ROUTE,
    path: 'spec.rules[0].timeouts',
    operator: absent,
    ours: { request: '0s' },
    ids: ['ARD-081'],
    reason: 'Answers are streamed for as long as a turn takes, and Envoy would end them after 15 seconds.',
  },
];

export const DEPARTURES_INGRESS: readonly Departure[] = [...labels, ...missingKinds, ...config, ...ingress, ...login, ...route];
