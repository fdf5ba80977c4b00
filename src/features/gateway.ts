/** The agent itself: the openclaw container with its environment, resources, security and probes, and the settings every gateway needs. */
import type { Contribution, Feature, Relaxation } from '../compose/contribution.ts';
import { HOME_PATH, STATE_PATH } from '../kube/paths.ts';
import type { EnvVar, Probe, SecurityContext } from '../kube/types.ts';
import type { JsonObject } from '../lib/json.ts';
import { GATEWAY_PORT } from '../resolve/gateway-ports.ts';
import type { OpenClawProfile } from '../resolve/openclaw-version.ts';
import type { Resolved, ResolvedProbe } from '../resolve/resolved.ts';

const ENV: readonly EnvVar[] = [
  { name: 'HOME', value: HOME_PATH },
  // Said outright: with only a configuration path, OpenClaw takes that file's read-only directory for part of its state.
  { name: 'OPENCLAW_STATE_DIR', value: STATE_PATH },
  { name: 'OPENCLAW_DISABLE_BONJOUR', value: '1' },
  { name: 'OPENCLAW_GATEWAY_HANDSHAKE_TIMEOUT_MS', value: '10000' },
  { name: 'NPM_CONFIG_PREFIX', value: `${HOME_PATH}/.local` },
  { name: 'NPM_CONFIG_CACHE', value: `${HOME_PATH}/.cache/npm` },
  { name: 'PIP_USER', value: '1' },
  // Snapshots of its databases are staged here; without it 2026.8 and newer exit.
  { name: 'XDG_CACHE_HOME', value: `${HOME_PATH}/.cache` },
  { name: 'OPENCLAW_NO_AUTO_UPDATE', value: '1' },
  // A configuration change restarts the gateway inside its process, not as an orphan of pid 1.
  { name: 'OPENCLAW_NO_RESPAWN', value: '1' },
];

/** Settings that hold for any agent; each version gets only the keys it knows. */
function defaults(resolved: Resolved, profile: OpenClawProfile): JsonObject {
  const { strictTransportSecurity } = resolved.gateway;
  return {
    discovery: { mdns: { mode: 'off' } },
    gateway: {
      auth: { rateLimit: { exemptLoopback: true, lockoutMs: 300000, maxAttempts: 10, windowMs: 60000 } },
      bind: resolved.gateway.proxied ? 'loopback' : 'lan',
      ...(strictTransportSecurity === null ? {} : { http: { securityHeaders: { strictTransportSecurity } } }),
      mode: 'local',
      ...(profile.hasTerminal ? { terminal: { enabled: false } } : {}),
      ...(profile.hasNodePairing
        ? { cliAgents: { enabled: false }, nodes: { pairing: { autoApproveLocal: true, sshVerify: false } } }
        : {}),
    },
    logging: { consoleStyle: 'json' },
    update: { auto: { enabled: false }, checkOnStart: false },
    ...(profile.hasNodePairing ? { telemetry: { enabled: false } } : {}),
  };
}

function httpProbe(numbers: ResolvedProbe | null, path: string, port: number): Probe | undefined {
  return numbers === null ? undefined : { httpGet: { path, port, scheme: 'HTTP' }, successThreshold: 1, ...numbers };
}

function livenessProbe(resolved: Resolved): Probe | undefined {
  const probe = httpProbe(resolved.probes.liveness, '/healthz', resolved.gateway.port);
  // A hung gateway will not drain: do not wait the pod's whole grace period for it.
  return probe === undefined ? undefined : { ...probe, terminationGracePeriodSeconds: 30 };
}

function securityOf(resolved: Resolved): { security: SecurityContext; relaxations: Relaxation[] } {
  const { main, runAsNonRoot } = resolved.security;
  const security: SecurityContext = {
    allowPrivilegeEscalation: main.allowPrivilegeEscalation,
    readOnlyRootFilesystem: main.readOnlyRootFilesystem,
    runAsNonRoot: main.runAsNonRoot ?? runAsNonRoot,
    ...(main.capabilities === undefined
      ? {}
      : { capabilities: { add: main.capabilities.add ?? [], drop: main.capabilities.drop ?? ['ALL'] } }),
    ...(main.runAsUser === undefined ? {} : { runAsUser: main.runAsUser }),
  };
  return {
    security,
    relaxations: Object.keys(security).map((field) => ({ field, reason: 'spec.security.containerSecurityContext asks for it' })),
  };
}

function contribute(resolved: Resolved): Contribution {
  const { probes, openclaw, gateway } = resolved;
  const startup = httpProbe(probes.startup, openclaw.profile.hasStartupz ? '/startupz' : '/healthz', gateway.port);
  const liveness = livenessProbe(resolved);
  const readiness = probes.disk === null ? httpProbe(probes.readiness, '/readyz', gateway.port) : undefined;
  return {
    configPatch: defaults(resolved, openclaw.profile),
    allowedOrigins: gateway.controlUiOrigins,
    main: { env: ENV, ports: [{ name: 'gateway', containerPort: GATEWAY_PORT, protocol: 'TCP' }] },
    containers: [
      {
        origin: 'own',
        tlsClient: 'node',
        ...securityOf(resolved),
        container: {
          name: 'openclaw',
          image: resolved.image.reference,
          imagePullPolicy: resolved.image.pullPolicy,
          ...(resolved.environment.envFrom.length === 0 ? {} : { envFrom: [...resolved.environment.envFrom] }),
          env: [...resolved.environment.env],
          resources: {
            requests: { ...resolved.resources.requests, 'ephemeral-storage': '256Mi' },
            limits: { ...resolved.resources.limits, 'ephemeral-storage': '8Gi' },
          },
          ...(liveness === undefined ? {} : { livenessProbe: liveness }),
          ...(readiness === undefined ? {} : { readinessProbe: readiness }),
          ...(startup === undefined ? {} : { startupProbe: startup }),
        },
      },
    ],
  };
}

export const gateway: Feature = {
  id: 'gateway',
  summary: 'the OpenClaw container with environment, resources, security and probes, and settings that every gateway needs',
  reads: [
    'image',
    'env',
    'envFrom',
    'resources',
    'security.containerSecurityContext',
    'probes',
    'gateway.enabled',
    'gateway.controlUiOrigins',
    'networking.ingress',
    'networking.httpRoute',
  ],
  contribute,
};
