/**
 * A terminal in the browser, on the agent's files. It listens on loopback only: whoever may forward a port of the pod reaches it,
 * and nobody else of the cluster does.
 */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { STATE_DIRECTORY, STATE_PATH } from '../kube/paths.ts';
import type { EnvVar } from '../kube/types.ts';
import type { Resolved } from '../resolve/resolved.ts';
import { WEB_TERMINAL_PORT, type ResolvedWebTerminal } from '../resolve/web-terminal.ts';

const TMP_VOLUME = 'web-terminal-tmp';
const TMP_DIRECTORY = 'private';

/** ttyd takes a login from its arguments only; kubelet fills it in, so that no manifest has it. */
const LOGIN = '$(TTYD_USERNAME):$(TTYD_PASSWORD)';

/** The image's init stays in front of it. Without `--writable` ttyd takes no input. */
function args({ readOnly, credentialSecret }: ResolvedWebTerminal): string[] {
  return [
    'ttyd',
    '--interface=127.0.0.1',
    `--port=${WEB_TERMINAL_PORT}`,
    // A page of another site must not reach a terminal whose port somebody has forwarded.
    '--check-origin',
    ...(readOnly ? [] : ['--writable']),
    ...(credentialSecret === null ? [] : [`--credential=${LOGIN}`]),
    'sh',
  ];
}

function environment({ credentialSecret }: ResolvedWebTerminal): EnvVar[] {
  const home = { name: 'HOME', value: '/tmp' };
  if (credentialSecret === null) return [home];
  const keyOf = (key: string): EnvVar['valueFrom'] => ({ secretKeyRef: { key, name: credentialSecret } });
  return [home, { name: 'TTYD_USERNAME', valueFrom: keyOf('username') }, { name: 'TTYD_PASSWORD', valueFrom: keyOf('password') }];
}

function contribute({ webTerminal }: Resolved): Contribution | null {
  if (webTerminal === null) return null;
  const { image, resources, readOnly } = webTerminal;
  return {
    volumes: [{ name: TMP_VOLUME, emptyDir: { sizeLimit: '64Mi' } }],
    directories: [{ volume: TMP_VOLUME, path: TMP_DIRECTORY, mode: '0700' }],
    containers: [
      {
        origin: 'own',
        container: {
          name: 'web-terminal',
          image,
          imagePullPolicy: 'IfNotPresent',
          args: args(webTerminal),
          workingDir: STATE_PATH,
          env: environment(webTerminal),
          ports: [{ name: 'web-terminal', containerPort: WEB_TERMINAL_PORT, protocol: 'TCP' }],
          resources: {
            requests: { ...resources.requests, 'ephemeral-storage': '16Mi' },
            limits: { ...resources.limits, 'ephemeral-storage': '128Mi' },
          },
          volumeMounts: [
            { name: 'data', mountPath: STATE_PATH, subPath: STATE_DIRECTORY, ...(readOnly ? { readOnly: true } : {}) },
            { name: TMP_VOLUME, mountPath: '/tmp', subPath: TMP_DIRECTORY },
          ],
        },
      },
    ],
  };
}

export const webTerminal: Feature = {
  id: 'web-terminal',
  summary: "a terminal in the browser on the agent's files, for who may forward a port of the pod",
  reads: ['webTerminal'],
  contribute,
};
