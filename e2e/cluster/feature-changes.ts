/** Changes of whole features at once: the fields that belong together move together. */
import type { SpecChange } from './spec-change.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const NO_VOLUME = { storage: { persistence: { enabled: false } } };
const PROBE = { initialDelaySeconds: 11, periodSeconds: 21, timeoutSeconds: 6, failureThreshold: 7 };
const INGRESS = { enabled: true, className: 'nginx', hosts: [{ host: 'bot.test' }] };
const ROUTE = { enabled: true, parentRefs: [{ name: 'web' }] };
const SPREAD = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { a: 'b' } } };
const NODES = { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['fast'] }] }] };
const DATABASE = { ports: [{ port: 5432, protocol: 'TCP' }], to: [{ podSelector: { matchLabels: { app: 'db' } } }] };
const SETTINGS = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings' },
  data: { 'bot.json': "{ session: { scope: 'per-sender' } } // JSON5" },
};

export const FEATURE_CHANGES: readonly SpecChange[] = [
  {
    name: 'an image of another repository, by digest',
    after: { image: { repository: 'registry.test/openclaw', tag: '2026.9.5', digest: DIGEST, pullPolicy: 'Always' } },
    statefulSet: 'rolls out',
    job: 'other name',
  },
  {
    name: 'where pods may run',
    after: {
      availability: {
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: NODES } },
        runtimeClassName: 'gvisor',
        topologySpreadConstraints: [SPREAD],
      },
    },
    statefulSet: 'rolls out',
    job: 'other name',
  },
  {
    name: 'no disruption budget',
    after: { availability: { podDisruptionBudget: { enabled: false } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'an autoscaler of what has no volume',
    before: NO_VOLUME,
    after: { ...NO_VOLUME, availability: { autoScaling: { enabled: true, maxReplicas: 7, targetCPUUtilization: 60 } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'forced paths',
    after: { config: { mergeMode: 'merge', forcePaths: ['agents.defaults.model'] } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'configuration of a ConfigMap',
    after: { config: { configMapRef: { name: 'settings', key: 'bot.json' }, format: 'json5' } },
    beside: [SETTINGS],
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'volumes of the user',
    after: {
      extraVolumes: [{ name: 'more', emptyDir: { sizeLimit: '1Gi' } }],
      extraVolumeMounts: [{ name: 'more', mountPath: '/more' }],
      sidecars: [{ name: 'beside', image: 'registry.test/beside:1', volumeMounts: [{ name: 'shared', mountPath: '/shared' }] }],
      sidecarVolumes: [{ name: 'shared', emptyDir: { sizeLimit: '1Gi' } }],
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'origins of the control UI',
    after: { gateway: { controlUiOrigins: ['https://bot.test'] } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'no gateway proxy', after: { gateway: { enabled: false } }, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'all of a route',
    before: { networking: { httpRoute: ROUTE } },
    after: {
      networking: {
        httpRoute: { ...ROUTE, hostnames: ['bot.test'], parentRefs: [{ name: 'other' }], port: 18789, annotations: { 'note.test/a': 'b' } },
      },
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'all of an Ingress',
    before: { networking: { ingress: INGRESS } },
    after: {
      networking: {
        ingress: {
          ...INGRESS,
          annotations: { 'note.test/a': 'b' },
          hosts: [{ host: 'bot.test', paths: [{ path: '/bot', pathType: 'Exact', port: 18789 }] }],
          tls: [{ hosts: ['bot.test'], secretName: 'tls' }],
          security: {
            basicAuth: { enabled: true, realm: 'Bots', username: 'ana' },
            enableHSTS: false,
            forceHTTPS: false,
            rateLimiting: { enabled: true, requestsPerSecond: 5 },
          },
        },
      },
    },
    statefulSet: 'rolls out',
    job: 'other name',
  },
  {
    name: 'no limit of requests, and a login of an own Secret',
    before: { networking: { ingress: { ...INGRESS, security: { basicAuth: { enabled: true } } } } },
    after: {
      networking: {
        ingress: { ...INGRESS, security: { basicAuth: { enabled: true, existingSecret: 'htpasswd' }, rateLimiting: { enabled: false } } },
      },
    },
    statefulSet: 'stays',
    job: 'other name',
  },
  {
    name: 'other ports of the Service',
    after: { networking: { service: { ports: [{ name: 'web', port: 80, targetPort: 18789, protocol: 'TCP' }] } } },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'metrics, watched',
    after: {
      observability: {
        metrics: {
          port: 9400,
          grafanaDashboard: { enabled: true, folder: 'Agents', labels: { dashboards: 'yes' } },
          prometheusRule: { enabled: true, labels: { release: 'prom' }, runbookBaseURL: 'https://runbooks.test/' },
          serviceMonitor: { enabled: true, interval: '15s', labels: { release: 'prom' } },
        },
      },
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'logging', after: { observability: { logging: { format: 'text', level: 'debug' } } }, statefulSet: 'stays', job: 'stays' },
  {
    name: 'plugins and skills',
    after: { plugins: ['npm:@scope/matrix@3.1.0'], skills: ['npm:@scope/tool@2.0.0'] },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'packs that never replace', after: { skillPackUpdatePolicy: 'CreateOnly' }, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'all probe times',
    after: { probes: { liveness: PROBE, readiness: PROBE, startup: PROBE } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'no liveness nor startup probe',
    after: { probes: { liveness: { enabled: false }, startup: { enabled: false } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'a watched disk',
    after: { probes: { diskReadiness: { enabled: true, minFree: '1Gi', path: '/home/openclaw/.openclaw' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'tool chains', after: { runtimeDeps: { pnpm: true, python: true } }, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'an authority of a ConfigMap',
    after: { security: { caBundle: { configMapName: 'ca', key: 'root.pem' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'an authority of a Secret',
    before: { security: { caBundle: { configMapName: 'ca' } } },
    after: { security: { caBundle: { secretName: 'ca' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'how containers run',
    after: {
      security: {
        containerSecurityContext: {
          allowPrivilegeEscalation: true,
          capabilities: { add: ['NET_BIND_SERVICE'], drop: ['CHOWN'] },
          readOnlyRootFilesystem: false,
          runAsNonRoot: false,
          runAsUser: 1500,
        },
        podSecurityContext: { fsGroupChangePolicy: 'Always', runAsNonRoot: false },
      },
      shareProcessNamespace: true,
    },
    statefulSet: 'rolls out',
    job: 'other name',
  },
  {
    name: 'whom the network policy lets through',
    after: {
      security: {
        networkPolicy: {
          additionalEgress: [DATABASE],
          allowDNS: false,
          allowedEgressCIDRs: ['10.1.0.0/16'],
          allowedIngressCIDRs: ['192.168.7.0/24'],
        },
      },
    },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'rights of the agent',
    after: {
      security: {
        rbac: {
          additionalRules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }],
          serviceAccountAnnotations: { 'note.test/a': 'b' },
        },
      },
    },
    statefulSet: 'stays',
    job: 'stays',
  },
  {
    name: 'an own ServiceAccount',
    after: { security: { rbac: { createServiceAccount: false, serviceAccountName: 'own' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  {
    name: 'an agent that configures itself',
    after: { selfConfigure: { enabled: true, allowedActions: ['config'] } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'no volume any more', after: NO_VOLUME, statefulSet: 'rolls out', job: 'stays' },
  {
    name: 'a volume where there was none',
    before: NO_VOLUME,
    after: { storage: { persistence: { accessModes: ['ReadWriteOncePod'], storageClass: 'fast' } } },
    statefulSet: 'rolls out',
    job: 'stays',
  },
  { name: 'a volume that goes with its agent', after: { storage: { persistence: { orphan: false } } }, statefulSet: 'stays', job: 'stays' },
  {
    name: 'workspaces',
    after: {
      workspace: {
        additionalWorkspaces: [
          {
            name: 'writer',
            configMapRef: { name: 'files' },
            initialDirectories: ['out'],
            initialFiles: { 'A.md': 'a' },
            skills: ['npm:@scope/tool@2.0.0'],
          },
        ],
        bootstrap: { enabled: false },
        configMapRef: { name: 'files' },
        initialDirectories: ['notes'],
      },
    },
    statefulSet: 'rolls out',
    job: 'stays',
  },
];
