/** Metrics: the OpenTelemetry collector beside the agent, and the exporter's settings for images that carry the plugin. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { namespacePeer } from '../kube/namespace-peer.ts';
import { configMapName } from '../kube/names.ts';
import type { JsonObject } from '../lib/json.ts';
import type { Resolved } from '../resolve/resolved.ts';

const IMAGE = 'docker.io/otel/opentelemetry-collector:0.120.0';
const VOLUME = 'otel-collector-config';
const FILE = 'otel-collector.yaml';
/** OTLP over HTTP, inside the pod only. */
const RECEIVER = '127.0.0.1:4318';

/**
 * Idle series would vanish after five minutes without the long expiry. Metrics of the collector's own are off: they would take
 * port 8888 of the pod, and a user's container that listens there would keep the collector from starting (measured on 0.120.0).
 */
function collectorConfig(port: number): string {
  return `receivers:
  otlp:
    protocols:
      http:
        endpoint: ${RECEIVER}
exporters:
  prometheus:
    endpoint: 0.0.0.0:${port}
    metric_expiration: 8760h
service:
  telemetry:
    metrics:
      level: none
  pipelines:
    metrics:
      receivers: [otlp]
      exporters: [prometheus]
`;
}

const EXPORTER: JsonObject = {
  diagnostics: {
    enabled: true,
    otel: { enabled: true, endpoint: `http://${RECEIVER}`, logs: false, metrics: true, protocol: 'http/protobuf', traces: false },
  },
  plugins: { entries: { 'diagnostics-otel': { enabled: true } } },
};

function contribute({ metrics, name }: Resolved): Contribution | null {
  if (!metrics.enabled) return null;
  return {
    ...(metrics.exports ? { configPatch: EXPORTER } : {}),
    configMaps: [
      { name: configMapName(name), entries: new Map([[FILE, { text: collectorConfig(metrics.port), takesEffect: 'restart' }]]) },
    ],
    volumes: [{ name: VOLUME, configMap: { name: configMapName(name), defaultMode: 0o440, items: [{ key: FILE, path: FILE }] } }],
    portPeers: metrics.namespaces.map((namespace) => ({ peer: namespacePeer(namespace), port: metrics.port })),
    servicePorts: [{ name: 'metrics', port: metrics.port, targetPort: metrics.port, protocol: 'TCP', yields: true }],
    containers: [
      {
        origin: 'own',
        security: { runAsNonRoot: true },
        container: {
          name: 'otel-collector',
          image: IMAGE,
          imagePullPolicy: 'IfNotPresent',
          args: [`--config=/etc/otel-collector/${FILE}`],
          livenessProbe: { httpGet: { path: '/metrics', port: metrics.port }, periodSeconds: 30, timeoutSeconds: 5, failureThreshold: 3 },
          ports: [{ name: 'metrics', containerPort: metrics.port, protocol: 'TCP' }],
          resources: {
            requests: { cpu: '25m', 'ephemeral-storage': '16Mi', memory: '32Mi' },
            limits: { cpu: '100m', 'ephemeral-storage': '64Mi', memory: '128Mi' },
          },
          volumeMounts: [{ name: VOLUME, mountPath: '/etc/otel-collector', readOnly: true }],
        },
      },
    ],
  };
}

export const metrics: Feature = {
  id: 'metrics',
  summary: 'an OpenTelemetry collector beside the agent that Prometheus scrapes',
  reads: ['observability.metrics.enabled', 'observability.metrics.port', 'image', 'config'],
  contribute,
};
