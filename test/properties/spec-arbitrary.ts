/** Valid specs of everything that is supported, typed by the schema. */
import fc from 'fast-check';
import type { Spec } from '../../src/resolve/instance.ts';
import { rawConfig } from './config-arbitrary.ts';
import { annotations, userContainers, userVolumes, variables, variableSources } from './container-arbitrary.ts';
import { PACK_REFERENCES } from './locked-packs.ts';
import { anyText, label } from './text-arbitrary.ts';

type Part<K extends keyof Spec> = fc.Arbitrary<NonNullable<Spec[K]>>;

/** Every key may be missing. */
function sparse<T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const requests = fc.record({ cpu: fc.constantFrom('100m', '0.5'), memory: fc.constantFrom('512Mi', '1073741824') }, { requiredKeys: [] });
const limits = fc.record({ cpu: fc.constantFrom('2', '2000m'), memory: fc.constantFrom('3Gi', '4G', '5000000000') }, { requiredKeys: [] });
const user = fc.integer({ min: 1, max: 65535 });
const cidrs = fc.uniqueArray(fc.constantFrom('10.1.0.0/16', '192.168.7.0/24', '203.0.113.9/32', '2001:db8::/32'), { maxLength: 2 });
const seconds = fc.integer({ min: 1, max: 300 });
const labels = fc.dictionary(label, label, { maxKeys: 2, noNullPrototype: true });

const image: Part<'image'> = sparse({
  repository: fc.constantFrom('ghcr.io/openclaw/openclaw', 'registry.example.com/team/openclaw', 'openclaw'),
  tag: fc.constantFrom('latest', '2026.6.11', '2026.7.1-2', '2026.8.1', '2026.9.6', '2026.9.6-slim', 'nightly'),
  digest: fc.constantFrom(`sha256:${'2'.repeat(64)}`, `sha256:${'a'.repeat(64)}`),
  pullPolicy: fc.constantFrom('Always', 'IfNotPresent', 'Never'),
  pullSecrets: fc.array(fc.record({ name: label }), { maxLength: 2 }),
});

const config: Part<'config'> = sparse({
  raw: rawConfig,
  mergeMode: fc.constantFrom('merge', 'overwrite'),
  format: fc.constant('json'),
  forcePaths: fc.uniqueArray(fc.constantFrom('gateway', 'agents.defaults.model', 'models.providers'), { maxLength: 3 }),
}).map(({ forcePaths, ...rest }) => ({ ...rest, ...(forcePaths === undefined || rest.mergeMode !== 'merge' ? {} : { forcePaths }) }));

const security: Part<'security'> = sparse({
  podSecurityContext: sparse({
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: fc.constantFrom('Always', 'OnRootMismatch'),
  }),
  containerSecurityContext: sparse({
    readOnlyRootFilesystem: fc.boolean(),
    capabilities: fc.constantFrom({ drop: ['ALL'] }, { add: ['NET_BIND_SERVICE'], drop: ['ALL'] }),
  }),
  networkPolicy: sparse({
    enabled: fc.boolean(),
    allowDNS: fc.boolean(),
    allowedIngressCIDRs: cidrs,
    allowedEgressCIDRs: cidrs,
    allowedIngressNamespaces: fc.uniqueArray(label, { maxLength: 2 }),
    additionalEgress: fc.constantFrom(
      [],
      [{ ports: [{ port: 5432, protocol: 'TCP' }], to: [{ podSelector: { matchLabels: { app: 'db' } } }] }],
    ),
  }),
  rbac: sparse({
    serviceAccountName: label,
    serviceAccountAnnotations: annotations,
    additionalRules: fc.constantFrom([], [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }]),
  }),
  caBundle: fc.constantFrom({ configMapName: 'ca' }, { secretName: 'ca', key: 'root.pem' }),
});

const autoScaling = sparse({
  enabled: fc.constantFrom(true, true, false),
  minReplicas: fc.integer({ min: 1, max: 5 }),
  maxReplicas: fc.integer({ min: 5, max: 9 }),
  targetCPUUtilization: fc.integer({ min: 1, max: 100 }),
  targetMemoryUtilization: fc.integer({ min: 1, max: 100 }),
});

/** Nobody scales what is suspended, nor a browser that keeps its profile. */
function withoutScalingOfOne({ suspended, ...rest }: Spec): Spec {
  if (rest.availability?.autoScaling?.enabled !== true) return suspended === undefined ? rest : { ...rest, suspended };
  return rest.chromium?.persistence === undefined ? rest : { ...rest, chromium: { ...rest.chromium, persistence: { enabled: false } } };
}

const availability: Part<'availability'> = sparse({
  autoScaling,
  nodeSelector: labels,
  podDisruptionBudget: sparse({ enabled: fc.boolean(), maxUnavailable: fc.integer({ min: 0, max: 2 }) }),
  runtimeClassName: label,
  tolerations: fc.array(fc.constantFrom({ operator: 'Exists' }, { key: 'gpu', value: 'yes', effect: 'NoSchedule' }), { maxLength: 2 }),
  topologySpreadConstraints: fc.constantFrom(
    [],
    [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { a: 'b' } } }],
  ),
});

const probe = sparse({
  enabled: fc.boolean(),
  initialDelaySeconds: fc.integer({ min: 0, max: 60 }),
  periodSeconds: seconds,
  timeoutSeconds: seconds,
  failureThreshold: fc.integer({ min: 1, max: 100 }),
});

const probes: Part<'probes'> = sparse({
  liveness: probe,
  readiness: probe,
  startup: probe,
  diskReadiness: sparse({ enabled: fc.boolean(), minFree: fc.constantFrom('64Mi', '1Gi') }),
});

const service = sparse({
  type: fc.constantFrom('ClusterIP', 'LoadBalancer', 'NodePort'),
  annotations,
  ports: fc.constantFrom(
    [],
    [{ name: 'web', port: 80, targetPort: 18780 }],
    [
      { name: 'a', port: 81 },
      { name: 'b', port: 82, protocol: 'UDP' },
    ],
  ),
});

const host = fc.constantFrom('a.example.com', 'b.example.com', '*.example.com', '');
const paths = fc.constantFrom([], [{ path: '/', pathType: 'Prefix' }], [{ path: '/hooks', pathType: 'Exact' }, {}]);

const ingress = fc
  .tuple(
    fc.array(fc.record({ host, paths }, { requiredKeys: ['host'] }), { minLength: 1, maxLength: 2 }),
    sparse({
      enabled: fc.boolean(),
      className: fc.constantFrom('nginx', 'traefik'),
      annotations,
      tls: fc.constantFrom([], [{ hosts: ['a.example.com'], secretName: 'tls' }], [{ secretName: 'tls' }]),
      security: sparse({
        forceHTTPS: fc.boolean(),
        enableHSTS: fc.boolean(),
        rateLimiting: sparse({ enabled: fc.boolean(), requestsPerSecond: fc.integer({ min: 1, max: 100 }) }),
        basicAuth: sparse({
          enabled: fc.boolean(),
          existingSecret: fc.constantFrom('', 'htpasswd'),
          username: fc.constantFrom('', 'ana'),
          realm: fc.constantFrom('', 'Sala 1'),
        }),
      }),
    }),
  )
  // Without a class nobody asks for the password, which is refused.
  .map(([hosts, { className = 'nginx', ...rest }]) => ({ ...rest, className, hosts }));

const httpRoute = fc
  .tuple(
    fc.constantFrom([{ name: 'web' }], [{ name: 'web', namespace: 'infra', sectionName: 'https' }, { name: 'other' }]),
    sparse({
      enabled: fc.boolean(),
      annotations,
      hostnames: fc.uniqueArray(fc.constantFrom('a.example.com', 'r.example.com', '*.example.com'), { maxLength: 2 }),
    }),
  )
  .map(([parentRefs, rest]) => ({ ...rest, parentRefs }));

/** The port that Ingress and route lead to by themselves must be there. */
const networking: Part<'networking'> = sparse({ service, ingress, httpRoute }).map((value) => {
  const routed = value.ingress?.enabled === true || value.httpRoute?.enabled === true;
  return routed && value.service?.ports !== undefined ? { ...value, service: { ...value.service, ports: [] } } : value;
}) as Part<'networking'>;

const persistence = sparse({
  enabled: fc.boolean(),
  size: fc.constantFrom('2Gi', '10Gi'),
  storageClass: fc.constantFrom('', 'fast'),
  accessModes: fc.constantFrom(['ReadWriteOnce'], ['ReadWriteOncePod']),
  existingClaim: label,
  orphan: fc.boolean(),
});

const fileName = fc.constantFrom('AGENTS.md', 'notes/a.md', 'odd name.txt', 'ñ/漢.md', 'a--b.md', 'a.b', 'deep/er/est.md');
const files = fc.dictionary(fileName, anyText, { maxKeys: 4, noNullPrototype: true });
const directories = fc.uniqueArray(fc.constantFrom('notes', 'notes/deep', 'out', 'with blank'), { maxLength: 3 });

const skills = fc.uniqueArray(fc.constantFrom(...PACK_REFERENCES, '@owner/notes@1.2.3', 'weather', 'npm:@scope/tool@2.0.0', 'npm:other'), {
  maxLength: 3,
});
const plugins: Part<'plugins'> = fc.uniqueArray(fc.constantFrom('voice', '@scope/greeter-plugin@1.0.0', 'npm:@scope/matrix@3.1.0'), {
  maxLength: 2,
});

const workspace: Part<'workspace'> = sparse({
  initialFiles: files,
  initialDirectories: directories,
  bootstrap: sparse({ enabled: fc.boolean() }),
  additionalWorkspaces: fc.uniqueArray(
    fc.record({ name: fc.constantFrom('writer', 'critic', 'a-b'), initialFiles: files, initialDirectories: directories, skills }),
    { selector: ({ name }) => name, maxLength: 2 },
  ),
});

const gateway: Part<'gateway'> = sparse({
  enabled: fc.boolean(),
  existingSecret: label,
  controlUiOrigins: fc.uniqueArray(fc.constantFrom('https://a.example.com', 'https://b.example.com:8443'), { maxLength: 2 }),
});

const metrics = sparse({
  enabled: fc.boolean(),
  port: fc.integer({ min: 9300, max: 9999 }),
  serviceMonitor: sparse({ enabled: fc.boolean(), interval: fc.constantFrom('', '15s', '1m30s'), labels }),
  prometheusRule: sparse({ enabled: fc.boolean(), labels, runbookBaseURL: fc.constantFrom('', 'https://runbooks.example.com/') }),
  grafanaDashboard: sparse({ enabled: fc.boolean(), labels, folder: fc.constantFrom('', 'Agents / all') }),
});

const tailscale: Part<'tailscale'> = sparse({
  enabled: fc.boolean(),
  mode: fc.constantFrom('serve', 'funnel'),
  authSSO: fc.boolean(),
  hostname: label,
  authKeySecretRef: fc.record({ name: label }),
  authKeySecretKey: label,
  image: sparse({ tag: fc.constantFrom('latest', 'v1.102.5'), digest: fc.constant(`sha256:${'4'.repeat(64)}`) }),
  // A sidecar's default limits are small.
  resources: sparse({
    requests: fc.record({ cpu: fc.constantFrom('100m', '0.2'), memory: fc.constantFrom('128Mi', '134217728') }, { requiredKeys: [] }),
    limits: fc.record({ memory: fc.constantFrom('2Gi', '3Gi') }, { requiredKeys: [] }),
  }),
});

/** Logins by tailnet identity go with neither Funnel nor a gateway that listens everywhere. */
function withoutImpossibleLogin({ tailscale: asked, ...rest }: Spec): Spec {
  if (asked === undefined) return rest;
  const { authSSO, ...others } = asked;
  const possible = asked.mode !== 'funnel' && rest.gateway?.enabled !== false;
  return { ...rest, tailscale: possible && authSSO !== undefined ? { ...others, authSSO } : others };
}

const ollama: Part<'ollama'> = sparse({
  enabled: fc.constantFrom(true, true, false),
  gpu: fc.integer({ min: 0, max: 2 }),
  image: sparse({
    repository: fc.constantFrom('docker.io/ollama/ollama', 'ollama/ollama', 'registry.example.com/ollama'),
    tag: fc.constantFrom('0.9.6', 'latest'),
    digest: fc.constant(`sha256:${'b'.repeat(64)}`),
  }),
  models: fc.uniqueArray(fc.constantFrom('llama3.2', 'qwen3:8b', 'hf.co/owner/Model-GGUF:Q4_K_M'), { maxLength: 3 }),
  resources: sparse({ requests, limits }),
  storage: sparse({ sizeLimit: fc.constantFrom('30Gi', '1.5Gi', '5G', '1000'), existingClaim: fc.constantFrom('', 'models') }),
});

const chromium: Part<'chromium'> = sparse({
  enabled: fc.constantFrom(true, true, false),
  extraArgs: fc.array(fc.constantFrom('--lang=es', '--window-size=1200,800', '--user-agent=A B', '--no-sandbox', 'about:blank')),
  extraEnv: fc.uniqueArray(fc.constantFrom({ name: 'TZ', value: 'Europe/Madrid' }, { name: 'HOME', value: '/dev/shm' }), {
    selector: ({ name }) => name,
  }),
  image: sparse({
    repository: fc.constantFrom('docker.io/chromedp/headless-shell', 'ghcr.io/browserless/chromium', 'registry.example.com/chrome'),
    tag: fc.constantFrom('stable', 'latest', '150.0.7871.100', ''),
    digest: fc.constant(`sha256:${'d'.repeat(64)}`),
  }),
  persistence: sparse({
    enabled: fc.boolean(),
    existingClaim: fc.constantFrom('', 'logins'),
    size: fc.constantFrom('', '2Gi', '5G'),
    storageClass: fc.constantFrom('', 'fast'),
  }),
  resources: sparse({ requests, limits }),
});

export const spec: fc.Arbitrary<Spec> = fc
  .tuple(
    sparse<Spec>({
      availability,
      chromium,
      config,
      env: variables,
      envFrom: variableSources,
      gateway,
      image,
      networking,
      observability: sparse({ metrics }),
      ollama,
      plugins,
      podAnnotations: annotations,
      probes,
      registry: fc.constantFrom('mirror.example.com', 'mirror.example.com:5000/cache/'),
      resources: sparse({ requests, limits }),
      runtimeDeps: sparse({ pnpm: fc.boolean(), python: fc.boolean() }),
      security,
      shareProcessNamespace: fc.boolean(),
      skills,
      skillPackUpdatePolicy: fc.constantFrom('Replace', 'CreateOnly'),
      storage: sparse({ persistence }),
      suspended: fc.boolean(),
      webTerminal: sparse({
        enabled: fc.boolean(),
        readOnly: fc.boolean(),
        credential: fc.constant({ secretRef: { name: 'terminal-login' } }),
      }),
      selfConfigure: sparse({ enabled: fc.boolean(), allowedActions: fc.constantFrom(['skills'], ['config', 'envVars']) }),
      tailscale,
      workspace,
    } as { [K in keyof Spec]: fc.Arbitrary<Spec[K]> }),
    fc.oneof(fc.constant({}), userContainers),
    fc.oneof(fc.constant({}), userVolumes),
  )
  .map(([base, containers, volumes]): Spec => withoutScalingOfOne(withoutImpossibleLogin({ ...base, ...containers, ...volumes })));
