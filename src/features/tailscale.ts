/**
 * Tailscale beside the agent, in userspace and without any right in the cluster: its state lies on the data volume, where the agent
 * does not see it. Serve or Funnel lead straight to the gateway on loopback, which trusts the address that they forward.
 *
 * The agent gets the command and the daemon's socket only for tailnet logins, since with the socket it could publish anything.
 */
import type { Contribution, Feature, PlannedContainer } from '../compose/contribution.ts';
import { configMapName } from '../kube/names.ts';
import { TAILSCALE_BIN_PATH, TAILSCALE_SOCKET_PATH, TAILSCALE_STATE_DIRECTORY } from '../kube/paths.ts';
import { publicPeers } from '../kube/public-peers.ts';
import type { EnvVar, Volume, VolumeMount } from '../kube/types.ts';
import { prettyJson, type JsonObject } from '../lib/json.ts';
import { GATEWAY_PORT } from '../resolve/gateway-ports.ts';
import type { Resolved } from '../resolve/resolved.ts';
import { TAILSCALE_HEALTH_PORT, type ResolvedTailscale } from '../resolve/tailscale.ts';

const SERVE_VOLUME = 'tailscale-serve';
const SERVE_PATH = '/etc/tailscale/serve';
const SERVE_FILE = 'tailscale-serve.json';
const AUTH_VOLUME = 'tailscale-auth';
const AUTH_PATH = '/etc/tailscale/auth';
const AUTH_FILE = 'authkey';
const SOCKET_VOLUME = 'tailscale-socket';
const BIN_VOLUME = 'tailscale-bin';
const STATE_PATH = '/var/lib/tailscale';
const HEALTH_ADDRESS = `127.0.0.1:${TAILSCALE_HEALTH_PORT}`;
/** The name that the image's entry point puts the node's own name for. */
const ITSELF = '${TS_CERT_DOMAIN}:443';
/** By these the gateway knows a member of the tailnet, so nobody may send them through the proxy. */
const IDENTITY_HEADERS = ['Tailscale-User-Login', 'Tailscale-User-Name', 'Tailscale-User-Profile-Pic'];

/** What the entry point makes the daemon serve; nothing where the gateway claims the route, so that an earlier one is taken back. */
function serveConfig({ login, mode }: ResolvedTailscale): JsonObject {
  if (login === 'managed-serve') return {};
  return {
    TCP: { 443: { HTTPS: true } },
    Web: { [ITSELF]: { Handlers: { '/': { Proxy: `http://127.0.0.1:${GATEWAY_PORT}` } } } },
    ...(mode === 'funnel' ? { AllowFunnel: { [ITSELF]: true } } : {}),
  };
}

function environment({ hostname, authKey, login }: ResolvedTailscale): EnvVar[] {
  return [
    { name: 'TS_USERSPACE', value: 'true' },
    { name: 'TS_STATE_DIR', value: STATE_PATH },
    { name: 'TS_SOCKET', value: `${TAILSCALE_SOCKET_PATH}/tailscaled.sock` },
    { name: 'TS_SERVE_CONFIG', value: `${SERVE_PATH}/${SERVE_FILE}` },
    { name: 'TS_HOSTNAME', value: hostname },
    // There and empty: left out, the entry point keeps its state in a Secret, for which it wants the API.
    { name: 'TS_KUBE_SECRET' },
    // The key is used when there is no identity yet, and not at every start.
    { name: 'TS_AUTH_ONCE', value: 'true' },
    // The entry point hands the value on as an argument, which every process of the container can read: so it gets a path.
    ...(authKey === null ? [] : [{ name: 'TS_AUTHKEY', value: `file:${AUTH_PATH}/${AUTH_FILE}` }]),
    ...(login === 'managed-serve'
      ? [
          { name: 'TS_ENABLE_HEALTH_CHECK', value: 'true' },
          { name: 'TS_LOCAL_ADDR_PORT', value: HEALTH_ADDRESS },
        ]
      : []),
  ];
}

function volumes(name: string, { authKey, login }: ResolvedTailscale): Volume[] {
  return [
    { name: SERVE_VOLUME, configMap: { name: configMapName(name), defaultMode: 0o440, items: [{ key: SERVE_FILE, path: SERVE_FILE }] } },
    { name: SOCKET_VOLUME, emptyDir: { sizeLimit: '1Mi' } },
    ...(authKey === null
      ? []
      : [
          {
            name: AUTH_VOLUME,
            secret: {
              secretName: authKey.secret,
              defaultMode: 0o440,
              items: [{ key: authKey.key, path: AUTH_FILE }],
              // A missing key must not keep the agent from its other channels; with an identity on the volume nobody needs it.
              optional: true,
            },
          },
        ]),
    ...(login === 'token' ? [] : [{ name: BIN_VOLUME, emptyDir: { sizeLimit: '128Mi' } }]),
  ];
}

function daemon(tailscale: ResolvedTailscale): PlannedContainer {
  const mounts: VolumeMount[] = [
    { name: 'data', mountPath: STATE_PATH, subPath: TAILSCALE_STATE_DIRECTORY },
    { name: SOCKET_VOLUME, mountPath: TAILSCALE_SOCKET_PATH },
    { name: SERVE_VOLUME, mountPath: SERVE_PATH, readOnly: true },
    ...(tailscale.authKey === null ? [] : [{ name: AUTH_VOLUME, mountPath: AUTH_PATH, readOnly: true }]),
  ];
  const { requests, limits } = tailscale.resources;
  return {
    origin: 'own',
    tlsClient: 'go',
    container: {
      name: 'tailscale',
      image: tailscale.image,
      imagePullPolicy: 'IfNotPresent',
      env: environment(tailscale),
      resources: { requests: { ...requests, 'ephemeral-storage': '32Mi' }, limits: { ...limits, 'ephemeral-storage': '256Mi' } },
      volumeMounts: mounts,
    },
  };
}

/** The gateway exits when it cannot claim its route, so the daemon is up before it starts and as long as it runs. */
function daemonFirst(planned: PlannedContainer): Contribution {
  return {
    initContainers: [
      {
        ...planned,
        phase: 'sidecar',
        container: {
          ...planned.container,
          restartPolicy: 'Always',
          startupProbe: {
            exec: { command: ['wget', '-q', '-O', '/dev/null', `http://${HEALTH_ADDRESS}/healthz`] },
            periodSeconds: 2,
            timeoutSeconds: 3,
            // Longer than the minute after which the entry point itself gives up and says why.
            failureThreshold: 60,
          },
        },
      },
    ],
  };
}

/** The command and the socket in the agent's container, and the settings that make the gateway ask the daemon who somebody is. */
function tailnetLogin({ image, login }: ResolvedTailscale): Contribution {
  return {
    configPatch: {
      gateway: { auth: { allowTailscale: true }, ...(login === 'managed-serve' ? { tailscale: { mode: 'serve' } } : {}) },
    },
    droppedHeaders: IDENTITY_HEADERS,
    main: {
      mounts: [
        { name: SOCKET_VOLUME, mountPath: TAILSCALE_SOCKET_PATH, readOnly: true },
        { name: BIN_VOLUME, mountPath: TAILSCALE_BIN_PATH, readOnly: true },
      ],
      path: [TAILSCALE_BIN_PATH],
    },
    initContainers: [
      {
        phase: 'install',
        origin: 'own',
        container: {
          name: 'init-tailscale-bin',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['cp', '/usr/local/bin/tailscale', `${TAILSCALE_BIN_PATH}/tailscale`],
          resources: {
            requests: { cpu: '10m', 'ephemeral-storage': '64Mi', memory: '16Mi' },
            limits: { cpu: '200m', 'ephemeral-storage': '128Mi', memory: '64Mi' },
          },
          volumeMounts: [{ name: BIN_VOLUME, mountPath: TAILSCALE_BIN_PATH }],
        },
      },
    ],
  };
}

function contribute({ tailscale, name }: Resolved): Contribution | null {
  if (tailscale === null) return null;
  const login = tailscale.login === 'token' ? {} : tailnetLogin(tailscale);
  const planned = daemon(tailscale);
  const run = tailscale.login === 'managed-serve' ? daemonFirst(planned) : { containers: [planned] };
  return {
    ...login,
    ...run,
    initContainers: [...(login.initContainers ?? []), ...(run.initContainers ?? [])],
    configMaps: [
      {
        name: configMapName(name),
        entries: new Map([[SERVE_FILE, { text: prettyJson(serveConfig(tailscale)), takesEffect: 'live' }]]),
      },
    ],
    directories: [{ volume: 'data', path: TAILSCALE_STATE_DIRECTORY, mode: '0700' }],
    volumes: volumes(name, tailscale),
    trustedProxies: ['127.0.0.1/32'],
    // STUN and WireGuard; the control plane and the relays are on port 443, which is open anyway.
    egress: [
      {
        to: publicPeers(),
        ports: [
          { port: 3478, protocol: 'UDP' },
          { port: 41641, protocol: 'UDP' },
        ],
      },
    ],
  };
}

export const tailscale: Feature = {
  id: 'tailscale',
  summary: 'a tailnet node beside the agent, with Serve or Funnel to the gateway and logins by tailnet identity',
  reads: ['tailscale', 'image.tag'],
  contribute,
};
