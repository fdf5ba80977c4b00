/** Departures in the web terminal: no shell around it, loopback only, the pod's user, a read-only root. */
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const SET = { kind: 'StatefulSet', name: '<name>' } as const;
const TERMINAL = 'spec.template.spec.containers[name=web-terminal]';
const EXEC = 'No shell between kubelet and the program: arguments of their own, behind the init of the image.';
const GATE = 'spec.template.spec.containers[name=web-terminal-gate]';
const LOGIN =
  'ttyd takes a login as an argument, prints it and leaves it to the shell; so a program in front of it asks, by the files of the Secret.';
const LOOPBACK = 'A terminal on the agent is reached by who may forward a port of its pod, and by nobody else of the namespace.';

export const DEPARTURES_WEB_TERMINAL: readonly Departure[] = [
  { ...SET, path: `${TERMINAL}.command`, operator: anyValue, ours: absent, ids: ['POD-138', 'POD-140'], reason: EXEC },
  { ...SET, path: `${TERMINAL}.args`, operator: absent, ours: anyValue, ids: ['POD-138', 'POD-140'], reason: EXEC },
  {
    ...SET,
    path: `${TERMINAL}.env[name=HOME]`,
    operator: absent,
    ours: { name: 'HOME', value: '/tmp' },
    ids: ['POD-138'],
    reason: 'A shell keeps its history in its home; the one of the image is read-only.',
  },
  {
    ...SET,
    path: `${TERMINAL}.env`,
    operator: absent,
    ours: [{ name: 'HOME', value: '/tmp' }],
    ids: ['POD-138'],
    reason: 'A shell keeps its history in its home; the one of the image is read-only.',
  },
  { ...SET, path: GATE, operator: absent, ours: anyValue, ids: ['POD-139', 'POD-140'], reason: LOGIN },
  { ...SET, path: `${TERMINAL}.env[name=TTYD_USERNAME]`, operator: anyValue, ours: absent, ids: ['POD-139'], reason: LOGIN },
  { ...SET, path: `${TERMINAL}.env[name=TTYD_PASSWORD]`, operator: anyValue, ours: absent, ids: ['POD-139'], reason: LOGIN },
  { ...SET, path: `${TERMINAL}.ports`, operator: anyValue, ours: absent, ids: ['POD-139'], reason: LOGIN },
  {
    ...SET,
    path: `${TERMINAL}.volumeMounts[mountPath=/var/run/web-terminal]`,
    operator: absent,
    ours: { name: 'web-terminal-socket', mountPath: '/var/run/web-terminal' },
    ids: ['POD-139'],
    reason: LOGIN,
  },
  {
    ...SET,
    path: 'spec.template.spec.volumes[name=web-terminal-socket]',
    operator: absent,
    ours: anyValue,
    ids: ['POD-139'],
    reason: LOGIN,
  },
  {
    ...SET,
    path: 'spec.template.spec.volumes[name=web-terminal-login]',
    operator: absent,
    ours: anyValue,
    ids: ['POD-139'],
    reason: LOGIN,
  },
  {
    ...SET,
    path: `${TERMINAL}.workingDir`,
    operator: absent,
    ours: '/home/openclaw/.openclaw',
    ids: ['POD-138'],
    reason: "It opens where the agent's files are.",
  },
  {
    ...SET,
    path: `${TERMINAL}.securityContext.readOnlyRootFilesystem`,
    operator: false,
    ours: true,
    ids: ['POD-059'],
    reason: 'It writes to /tmp and to the files of the agent only.',
  },
  {
    ...SET,
    path: `${TERMINAL}.securityContext.runAsUser`,
    operator: 1000,
    ours: absent,
    ids: ['POD-058'],
    reason: "The pod's user, to whom the files belong, whichever it is.",
  },
  {
    ...SET,
    path: `${TERMINAL}.volumeMounts[mountPath=/home/openclaw/.openclaw].subPath`,
    operator: absent,
    ours: 'openclaw',
    ids: ['POD-138'],
    reason: 'The state is a directory of the volume.',
  },
  {
    ...SET,
    path: `${TERMINAL}.volumeMounts[mountPath=/tmp].subPath`,
    operator: absent,
    ours: 'private',
    ids: ['POD-138'],
    reason: "A directory of the pod's user, made by prepare.",
  },
  {
    ...SET,
    path: 'spec.template.spec.volumes[name=web-terminal-tmp].emptyDir.sizeLimit',
    operator: absent,
    ours: '64Mi',
    ids: ['POD-138'],
    reason: 'No emptyDir fills a node.',
  },
  {
    kind: 'NetworkPolicy',
    name: '<name>',
    path: 'spec.ingress[0].ports[port=7681]',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-017'],
    reason: LOOPBACK,
  },
  {
    kind: 'Service',
    name: '<name>',
    path: 'spec.ports[name=web-terminal]',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-047'],
    reason: LOOPBACK,
  },
];
