/**
 * A terminal in the browser, on the agent's files. It listens on loopback only: whoever may forward a port of the pod reaches it,
 * and nobody else of the cluster does.
 *
 * ttyd takes a login from its arguments only, prints it when it starts and leaves it to the shell in the environment. So it gets none:
 * with a login it listens on a socket file, and a program of ours that alone reaches the file asks for the login on the port.
 */
import type { Contribution, Feature, PlannedContainer } from '../compose/contribution.ts';
import { programContainer } from '../compose/program-container.ts';
import { programEntries } from '../compose/program-files.ts';
import { STATE_DIRECTORY, STATE_PATH } from '../kube/paths.ts';
import type { ContainerPort, VolumeMount } from '../kube/types.ts';
import type { Resolved } from '../resolve/resolved.ts';
import { WEB_TERMINAL_PORT, type ResolvedWebTerminal } from '../resolve/web-terminal.ts';

const TMP_VOLUME = 'web-terminal-tmp';
const TMP_DIRECTORY = 'private';
const SOCKET_VOLUME = 'web-terminal-socket';
const SOCKET_PATH = '/var/run/web-terminal';
/** ttyd knows a socket file by this ending. */
const SOCKET = `${SOCKET_PATH}/ttyd.sock`;
const LOGIN_VOLUME = 'web-terminal-login';
const LOGIN_PATH = '/etc/web-terminal/login';
const PROGRAM_FILE = 'web-terminal-gate.mjs';
/** Nobody else of the pod, so that even in a shared process namespace the agent cannot read the login by way of its process. */
const GATE_USER = 7681;

const PORT: ContainerPort = { name: 'web-terminal', containerPort: WEB_TERMINAL_PORT, protocol: 'TCP' };

function terminal({ image, resources, readOnly, credentialSecret }: ResolvedWebTerminal): PlannedContainer {
  const hasLogin = credentialSecret !== null;
  // A page of another site must not reach a terminal whose port somebody has forwarded; with a login our program sees to that.
  const listening = hasLogin ? [`--interface=${SOCKET}`] : ['--interface=127.0.0.1', `--port=${WEB_TERMINAL_PORT}`, '--check-origin'];
  const mounts: VolumeMount[] = [
    { name: 'data', mountPath: STATE_PATH, subPath: STATE_DIRECTORY, ...(readOnly ? { readOnly: true } : {}) },
    { name: TMP_VOLUME, mountPath: '/tmp', subPath: TMP_DIRECTORY },
    ...(hasLogin ? [{ name: SOCKET_VOLUME, mountPath: SOCKET_PATH }] : []),
  ];
  return {
    origin: 'own',
    container: {
      name: 'web-terminal',
      image,
      imagePullPolicy: 'IfNotPresent',
      // The image's init stays in front of it. Without `--writable` ttyd takes no input.
      args: ['ttyd', ...listening, ...(readOnly ? [] : ['--writable']), 'sh'],
      workingDir: STATE_PATH,
      env: [{ name: 'HOME', value: '/tmp' }],
      ...(hasLogin ? {} : { ports: [PORT] }),
      resources: {
        requests: { ...resources.requests, 'ephemeral-storage': '16Mi' },
        limits: { ...resources.limits, 'ephemeral-storage': '128Mi' },
      },
      volumeMounts: mounts,
    },
  };
}

function gate(resolved: Resolved): PlannedContainer {
  const program = programContainer(resolved, {
    name: 'web-terminal-gate',
    program: PROGRAM_FILE,
    args: [SOCKET, LOGIN_PATH, String(WEB_TERMINAL_PORT)],
    cpuLimit: '200m',
    mounts: [
      { name: SOCKET_VOLUME, mountPath: SOCKET_PATH, readOnly: true },
      { name: LOGIN_VOLUME, mountPath: LOGIN_PATH, readOnly: true },
    ],
  });
  return { ...program, container: { ...program.container, ports: [PORT] }, security: { runAsUser: GATE_USER, runAsNonRoot: true } };
}

/** What a login takes beside the terminal. */
function login(resolved: Resolved, secretName: string): Contribution {
  const items = ['username', 'password'].map((key) => ({ key, path: key }));
  return {
    configMaps: [programEntries(resolved.name, [PROGRAM_FILE])],
    volumes: [
      { name: SOCKET_VOLUME, emptyDir: { sizeLimit: '1Mi' } },
      // A Secret that is missing keeps the terminal closed, and the agent from nothing.
      { name: LOGIN_VOLUME, secret: { secretName, defaultMode: 0o440, items, optional: true } },
    ],
    containers: [gate(resolved)],
  };
}

function contribute(resolved: Resolved): Contribution | null {
  const { webTerminal } = resolved;
  if (webTerminal === null) return null;
  const { credentialSecret } = webTerminal;
  const { volumes = [], containers = [], ...rest } = credentialSecret === null ? {} : login(resolved, credentialSecret);
  return {
    ...rest,
    volumes: [{ name: TMP_VOLUME, emptyDir: { sizeLimit: '64Mi' } }, ...volumes],
    directories: [{ volume: TMP_VOLUME, path: TMP_DIRECTORY, mode: '0700' }],
    containers: [terminal(webTerminal), ...containers],
  };
}

export const webTerminal: Feature = {
  id: 'web-terminal',
  summary: "a terminal in the browser on the agent's files, for who may forward a port of the pod",
  reads: ['webTerminal', 'image'],
  contribute,
};
