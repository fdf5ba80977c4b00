/** Departures in the ConfigMaps: the configuration of OpenClaw, of the proxy and of the collector, and the workspace's files. */
import type { Departure } from './explain.ts';
import { absent, anyString, anyValue } from './shape.ts';

const CONFIG = { kind: 'ConfigMap', name: '<name>-config' } as const;
const NEW_KEY = { ...CONFIG, operator: absent, ids: ['POD-223'] } as const;

const openclawJson: readonly Departure[] = [
  {
    ...CONFIG,
    path: 'data["openclaw.json"]',
    operator: anyString,
    ours: anyValue,
    ids: ['POD-248', 'POD-263', 'D3'],
    reason:
      'JSON5 is read and enriched at render time; the operator passes the text through, and the gateway then lacks what it needs to start.',
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].gateway.auth.token',
    operator: 'ORACLE-GATEWAY-TOKEN',
    ours: { id: 'OPENCLAW_GATEWAY_TOKEN', provider: 'default', source: 'env' },
    ids: ['POD-226', 'D4', 'W-18'],
    reason: 'The configuration refers to the environment variable and never holds the token.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].gateway.auth.rateLimit',
    ours: { exemptLoopback: true, lockoutMs: 300000, maxAttempts: 10, windowMs: 60000 },
    reason: 'Guessing is locked out per address, which works because the proxy tells the gateway who is remote.',
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].gateway.controlUi',
    operator: { allowedOrigins: ['http://127.0.0.1:18789', 'http://localhost:18789'], dangerouslyDisableDeviceAuth: true },
    ours: absent,
    ids: ['POD-223', 'POD-239'],
    reason: 'Device identity stays on, and a gateway on loopback accepts its local origins without being told.',
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].gateway.controlUi.dangerouslyDisableDeviceAuth',
    operator: true,
    ours: absent,
    ids: ['POD-223'],
    reason: 'Device identity stays on: without it the token alone makes anybody an administrator.',
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].gateway.controlUi.allowedOrigins',
    operator: ['http://127.0.0.1:18789', 'http://localhost:18789', 'https://chat.example.test', 'https://ops.example.test'],
    ours: ['https://chat.example.test', 'https://ops.example.test'],
    ids: ['POD-239'],
    reason: "A gateway on loopback accepts its local origins without being told, so only the user's are listed.",
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].gateway.trustedProxies',
    operator: ['127.0.0.0/8'],
    ours: ['127.0.0.1/32'],
    ids: ['POD-238'],
    reason: 'Exactly the proxy is trusted, not every address that a container of the pod can speak from.',
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].gateway.trustedProxies',
    operator: ['127.0.0.0/8'],
    ours: absent,
    ids: ['POD-238'],
    reason: 'Without the proxy there is nobody to trust.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].gateway.cliAgents',
    ours: { enabled: false },
    reason: "Starting other agents' command lines in the pod is for the user to switch on.",
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].gateway.nodes',
    ours: { pairing: { autoApproveLocal: true, sshVerify: false } },
    reason: 'A port-forward with the token pairs at once; there is no SSH to verify with in the pod.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].gateway.terminal',
    ours: { enabled: false },
    reason: 'A shell in the browser is for the user to switch on.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].discovery',
    ours: { mdns: { mode: 'off' } },
    reason: 'Multicast discovery finds nothing in a cluster network.',
  },
  { ...NEW_KEY, path: 'data["openclaw.json"].logging', ours: { consoleStyle: 'json' }, reason: 'Log collectors read JSON lines.' },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].telemetry',
    ours: { enabled: false },
    reason: 'Nothing is reported home unless the user wants it.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].update',
    ours: { auto: { enabled: false }, checkOnStart: false },
    reason: 'The image is the version: an update inside the pod would be lost at the next start.',
  },
];

const metrics: readonly Departure[] = [
  {
    ...CONFIG,
    path: 'data["openclaw.json"].diagnostics',
    operator: { otel: { endpoint: 'http://localhost:4318', metrics: true } },
    ours: absent,
    ids: ['POD-225'],
    reason: "This image is not known to carry the exporter's plugin, and a gateway that cannot find it does not start.",
  },
  {
    ...CONFIG,
    path: 'data["openclaw.json"].diagnostics.otel.endpoint',
    operator: 'http://localhost:4318',
    ours: 'http://127.0.0.1:4318',
    ids: ['POD-225'],
    reason: 'The collector listens on this address; the name may resolve to IPv6.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].diagnostics.enabled',
    ours: true,
    reason: "Without it OpenClaw exports nothing, whatever the exporter's block says.",
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].diagnostics.otel.enabled',
    ours: true,
    reason: "Without it the exporter's block has no effect.",
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].diagnostics.otel.logs',
    ours: false,
    reason: 'The collector has a pipeline for metrics only.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].diagnostics.otel.traces',
    ours: false,
    reason: 'The collector has a pipeline for metrics only.',
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].diagnostics.otel.protocol',
    ours: 'http/protobuf',
    reason: "The protocol that the collector's receiver speaks, said instead of guessed.",
  },
  {
    ...NEW_KEY,
    path: 'data["openclaw.json"].plugins',
    ours: { entries: { 'diagnostics-otel': { enabled: true } } },
    reason: 'The exporter is a plugin that must be switched on.',
  },
  {
    ...CONFIG,
    path: 'data["otel-collector.yaml"].receivers.otlp.protocols.http.endpoint',
    operator: '0.0.0.0:4318',
    ours: '127.0.0.1:4318',
    ids: ['POD-135'],
    reason: 'Only the gateway beside it sends to the collector.',
  },
];

const others: readonly Departure[] = [
  {
    ...CONFIG,
    path: 'data["nginx.conf"]',
    operator: '<text sha256:1bd695b46d5a lines:18 bytes:290>',
    ours: anyString,
    ids: ['POD-130'],
    reason: 'The proxy speaks HTTP and says who is remote; over plain TCP every client counted as local and became an administrator.',
  },
  {
    ...CONFIG,
    path: 'data["prepare.json"]',
    operator: absent,
    ours: anyValue,
    ids: ['POD-039'],
    reason: 'The plan of the prepare program, in place of generated shell.',
  },
  {
    ...CONFIG,
    path: 'data["fill-secrets.json"]',
    operator: absent,
    ours: anyValue,
    ids: ['ARD-112'],
    reason: 'The plan of the Job that makes the token inside the cluster.',
  },
  {
    kind: 'ConfigMap',
    name: '<name>-programs',
    path: '',
    operator: absent,
    ours: anyValue,
    ids: ['POD-039'],
    reason: 'The pod programs travel with the instance, so that an agent needs no image of ours.',
  },
  {
    kind: 'ConfigMap',
    name: '<name>-workspace',
    path: 'data["ENVIRONMENT.md"]',
    operator: '<text sha256:48858890e859 lines:72 bytes:1821>',
    ours: anyString,
    ids: ['POD-266'],
    reason: 'Our own words about the same pod, which is locked down in other places.',
  },
  {
    kind: 'ConfigMap',
    name: '<name>-workspace',
    path: 'data["BOOTSTRAP.md"]',
    operator: '<text sha256:3d41f6ef58ea lines:37 bytes:1399>',
    ours: anyString,
    ids: ['POD-266'],
    reason: 'Our own words for the first conversation.',
  },
];

export const DEPARTURES_CONFIG: readonly Departure[] = [...openclawJson, ...metrics, ...others];
