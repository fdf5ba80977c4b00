/** Specs that say the fields of Kubernetes' own types, which other inputs say only some of; a few at a time, as they go together. */
import type { UserSpec } from './spec-change.ts';

const SELECTOR = { matchLabels: { app: 'db' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['back'] }] };
const ITEMS = [{ key: 'a', path: 'sub/a', mode: 0o440 }];
const TIMES = { failureThreshold: 5, initialDelaySeconds: 3, periodSeconds: 12, timeoutSeconds: 4 };
const REQUEST = { host: '127.0.0.1', httpHeaders: [{ name: 'X-Probe', value: 'yes' }], path: '/healthz', port: 8080, scheme: 'HTTP' };
const DATA = { kind: 'VolumeSnapshot', name: 'yesterday', apiGroup: 'snapshot.storage.k8s.io' };

const CONTAINERS: readonly object[] = [
  {
    args: ['serve'],
    command: ['/bin/app'],
    imagePullPolicy: 'Always',
    ports: [{ containerPort: 8080, name: 'api', protocol: 'TCP' }],
    resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
    stdin: true,
    stdinOnce: true,
    terminationMessagePath: '/tmp/last',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    tty: true,
    workingDir: '/srv',
  },
  { resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '1', memory: '64Mi', 'ephemeral-storage': '1Gi' } } },
  {
    livenessProbe: { ...TIMES, httpGet: REQUEST, terminationGracePeriodSeconds: 20 },
    readinessProbe: { ...TIMES, grpc: { port: 9000, service: 'ready' }, successThreshold: 2 },
    startupProbe: { ...TIMES, exec: { command: ['/bin/ready'] } },
  },
  { livenessProbe: { tcpSocket: { host: '127.0.0.1', port: 8080 } } },
  { lifecycle: { postStart: { exec: { command: ['/bin/warm'] } }, preStop: { sleep: { seconds: 5 } } } },
  { lifecycle: { postStart: { httpGet: REQUEST }, preStop: { tcpSocket: { host: '127.0.0.1', port: 8080 } } } },
  {
    securityContext: {
      allowPrivilegeEscalation: false,
      appArmorProfile: { type: 'Localhost', localhostProfile: 'agents' },
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      procMount: 'Default',
      readOnlyRootFilesystem: true,
      runAsGroup: 1000,
      runAsNonRoot: true,
      runAsUser: 1000,
      seLinuxOptions: { level: 's0:c123,c456', role: 'system_r', type: 'container_t', user: 'system_u' },
      seccompProfile: { type: 'Localhost', localhostProfile: 'agents.json' },
    },
  },
  {
    env: [
      { name: 'PLAIN', value: 'text' },
      { name: 'OF_MAP', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a', optional: true } } },
      { name: 'OF_SECRET', valueFrom: { secretKeyRef: { name: 'api-keys', key: 'a', optional: true } } },
      { name: 'OF_POD', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
      { name: 'OF_CONTAINER', valueFrom: { resourceFieldRef: { containerName: 'openclaw', divisor: '1Mi', resource: 'limits.memory' } } },
    ],
    envFrom: [
      { configMapRef: { name: 'settings', optional: true }, prefix: 'SET_' },
      { secretRef: { name: 'api-keys', optional: true }, prefix: 'KEY_' },
    ],
  },
];

/** Without clusterTrustBundle, which this API server leaves out: its feature gate is off unless the cluster says otherwise. */
const VOLUMES: readonly object[] = [
  { emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
  { configMap: { name: 'settings', defaultMode: 0o440, items: ITEMS, optional: true } },
  { secret: { secretName: 'api-keys', defaultMode: 0o440, items: ITEMS, optional: true } },
  { persistentVolumeClaim: { claimName: 'papers', readOnly: true } },
  {
    downwardAPI: {
      defaultMode: 0o440,
      items: [
        { path: 'name', mode: 0o440, fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
        { path: 'memory', resourceFieldRef: { containerName: 'openclaw', divisor: '1Mi', resource: 'limits.memory' } },
      ],
    },
  },
  {
    projected: {
      defaultMode: 0o440,
      sources: [
        { serviceAccountToken: { audience: 'vault', expirationSeconds: 3600, path: 'token' } },
        { configMap: { name: 'settings', items: [{ key: 'a', path: 'map/a', mode: 0o440 }], optional: true } },
        { secret: { name: 'api-keys', items: [{ key: 'a', path: 'secret/a', mode: 0o440 }], optional: true } },
        { downwardAPI: { items: [{ path: 'uid', mode: 0o440, fieldRef: { fieldPath: 'metadata.uid' } }] } },
      ],
    },
  },
  {
    csi: {
      driver: 'secrets.example.com',
      fsType: 'ext4',
      nodePublishSecretRef: { name: 'api-keys' },
      readOnly: true,
      volumeAttributes: { class: 'a' },
    },
  },
  { image: { pullPolicy: 'Always', reference: 'registry.test/models:1' } },
  { nfs: { path: '/papers', readOnly: true, server: 'nfs.test' } },
  { hostPath: { path: '/var/lib/agents', type: 'Directory' } },
  { fc: { fsType: 'ext4', lun: 1, readOnly: true, targetWWNs: ['500a0982991b8dc5'] } },
  { fc: { wwids: ['3600508b400105e210000900000490000'] } },
  {
    iscsi: {
      chapAuthDiscovery: true,
      chapAuthSession: true,
      fsType: 'ext4',
      initiatorName: 'iqn.2026-01.test:agents',
      iqn: 'iqn.2026-01.test:disk',
      iscsiInterface: 'default',
      lun: 0,
      portals: ['10.0.0.2:3260'],
      readOnly: true,
      secretRef: { name: 'chap' },
      targetPortal: '10.0.0.1:3260',
    },
  },
  {
    ephemeral: {
      volumeClaimTemplate: {
        metadata: { annotations: { 'note.test/a': 'b' }, labels: { 'note.test/a': 'b' } },
        spec: {
          accessModes: ['ReadWriteOnce'],
          dataSource: DATA,
          resources: { requests: { storage: '1Gi' }, limits: { storage: '2Gi' } },
          selector: SELECTOR,
          storageClassName: 'fast',
          volumeAttributesClassName: 'gold',
          volumeMode: 'Filesystem',
        },
      },
    },
  },
  {
    ephemeral: {
      volumeClaimTemplate: {
        spec: { accessModes: ['ReadWriteOnce'], dataSourceRef: DATA, resources: { requests: { storage: '1Gi' } }, volumeName: 'v' },
      },
    },
  },
];

const TERM = {
  labelSelector: SELECTOR,
  matchLabelKeys: ['pod-template-hash'],
  mismatchLabelKeys: ['track'],
  namespaces: ['agents'],
  namespaceSelector: SELECTOR,
  topologyKey: 'kubernetes.io/hostname',
};
const NODES = {
  matchExpressions: [{ key: 'cores', operator: 'Gt', values: ['4'] }],
  matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-a'] }],
};
const POD_TERMS = {
  requiredDuringSchedulingIgnoredDuringExecution: [TERM],
  preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, podAffinityTerm: TERM }],
};

export const KUBERNETES_SPECS: readonly UserSpec[] = [
  ...CONTAINERS.map((fields) => ({ sidecars: [{ name: 'beside', image: 'registry.test/beside:1', ...fields }] })),
  { initContainers: [{ name: 'first', image: 'registry.test/first:1', restartPolicy: 'Always' }] },
  ...VOLUMES.map((source) => ({
    extraVolumes: [{ name: 'more', ...source }],
    extraVolumeMounts: [{ name: 'more', mountPath: '/more', readOnly: true }],
  })),
  {
    extraVolumes: [{ name: 'more', emptyDir: { sizeLimit: '1Gi' } }],
    extraVolumeMounts: [{ name: 'more', mountPath: '/more', mountPropagation: 'None', subPath: 'a' }],
    sidecars: [
      {
        name: 'beside',
        image: 'registry.test/beside:1',
        volumeMounts: [
          {
            name: 'more',
            mountPath: '/more',
            readOnly: true,
            recursiveReadOnly: 'IfPossible',
            mountPropagation: 'None',
            subPathExpr: 'a/$(X)',
          },
        ],
        env: [{ name: 'X', value: 'b' }],
      },
    ],
  },
  {
    availability: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [NODES] },
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 50, preference: NODES }],
        },
      },
    },
  },
  { availability: { affinity: { podAffinity: POD_TERMS } } },
  { availability: { affinity: { podAntiAffinity: POD_TERMS } } },
  {
    availability: {
      topologySpreadConstraints: [
        {
          labelSelector: { matchLabels: { 'app.kubernetes.io/instance': 'bot' } },
          matchLabelKeys: ['pod-template-hash'],
          maxSkew: 1,
          minDomains: 2,
          nodeAffinityPolicy: 'Honor',
          nodeTaintsPolicy: 'Ignore',
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'DoNotSchedule',
        },
      ],
      tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'agents', effect: 'NoExecute', tolerationSeconds: 60 }],
    },
  },
  {
    security: {
      networkPolicy: {
        additionalEgress: [
          {
            ports: [{ port: 5432, endPort: 5440, protocol: 'TCP' }],
            to: [{ podSelector: SELECTOR, namespaceSelector: SELECTOR }, { ipBlock: { cidr: '10.1.0.0/16', except: ['10.1.2.0/24'] } }],
          },
        ],
      },
    },
  },
  { networking: { httpRoute: { enabled: true, parentRefs: [{ name: 'web', namespace: 'gateways', sectionName: 'https' }] } } },
];
