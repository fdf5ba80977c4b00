/** Departures of the browser: loopback only, the guide's user and read-only root, started without a shell. */
import { KEEP_ON_PRUNE } from '../../src/kube/annotations.ts';
import type { Departure } from './explain.ts';
import { absent, anyValue } from './shape.ts';

const SET = { kind: 'StatefulSet', name: '<name>' } as const;
const POD = 'spec.template.spec';
const BROWSER = `${POD}.initContainers[name=chromium]`;

const LOOPBACK =
  'The protocol knows no password, so it answers on loopback only: the agent is in the same pod, and nobody else has any business with it.';
const GUIDE = "The guide's promise: user 1001 and a read-only root file system.";
const EXPLICIT = 'Printed, so that the engine puts it back when somebody changes it.';

const browser: readonly Departure[] = [
  {
    ...SET,
    path: `${BROWSER}.securityContext.readOnlyRootFilesystem`,
    operator: false,
    ours: true,
    ids: ['POD-059'],
    reason: GUIDE,
  },
  { ...SET, path: `${BROWSER}.securityContext.runAsUser`, operator: 65534, ours: 1001, ids: ['POD-059'], reason: GUIDE },
  { ...SET, path: `${BROWSER}.securityContext.capabilities.add`, operator: absent, ours: [], ids: ['POD-057'], reason: EXPLICIT },
  { ...SET, path: `${BROWSER}.securityContext.privileged`, operator: absent, ours: false, ids: ['POD-057'], reason: EXPLICIT },
  {
    ...SET,
    path: `${BROWSER}.resources.*.ephemeral-storage`,
    operator: absent,
    ours: /^[0-9]+Mi$/,
    ids: ['POD-218'],
    reason: "A container that fills the node's disk takes its neighbours down.",
  },
  {
    ...SET,
    path: `${BROWSER}.command`,
    operator: ['/bin/bash', '-c', '<text sha256:59ed8da4be7e lines:2 bytes:211>', '--'],
    ours: ['/headless-shell/headless-shell'],
    ids: ['POD-168', 'D28'],
    reason: 'The shell starts a bridge from all addresses to the browser and quotes its arguments: started directly it needs neither.',
  },
  {
    ...SET,
    path: `${BROWSER}.args`,
    operator: anyValue,
    ours: anyValue,
    ids: ['POD-168'],
    reason: "The same arguments, with the address and port that the operator's shell gives.",
  },
  { ...SET, path: `${BROWSER}.ports`, operator: anyValue, ours: absent, ids: ['POD-159'], reason: LOOPBACK },
  {
    ...SET,
    path: `${BROWSER}.startupProbe`,
    operator: anyValue,
    ours: absent,
    ids: ['POD-159'],
    reason: 'No probe of the kubelet reaches loopback; `await-chromium` asks the same question from inside the pod.',
  },
  {
    ...SET,
    path: `${POD}.initContainers[name=await-chromium]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-159'],
    reason: 'Holds the agent back until the browser answers on loopback, whatever the image has in it.',
  },
  {
    ...SET,
    path: `${POD}.initContainers[name=adopt-chromium-profile]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-165'],
    reason: "A profile on a claim may be that of the operator's browser, whose user alone can open it to the group of ours.",
  },
  {
    ...SET,
    path: `${POD}.initContainers[name=chromium-certificates]`,
    operator: absent,
    ours: anyValue,
    ids: ['POD-209'],
    reason: 'The browser reads no file of certificates, wherever it is mounted: they have to go into its own store.',
  },
  {
    ...SET,
    path: `${BROWSER}.volumeMounts[mountPath=/chromium-data]`,
    operator: { mountPath: '/chromium-data', name: 'chromium-data' },
    ours: absent,
    ids: ['POD-165'],
    reason: 'Without persistence the browser is not told of the directory and leaves it empty.',
  },
  {
    ...SET,
    path: `${POD}.volumes[name=chromium-data]`,
    operator: { emptyDir: {}, name: 'chromium-data' },
    ours: absent,
    ids: ['POD-165'],
    reason: 'Without persistence the browser is not told of the directory and leaves it empty.',
  },
  {
    ...SET,
    path: `${POD}.volumes[name=chromium-tmp].emptyDir.sizeLimit`,
    operator: absent,
    ours: '2Gi',
    ids: ['POD-212'],
    reason: "A browser that fills the node's disk takes its neighbours down.",
  },
  {
    ...SET,
    path: `${POD}.containers[name=openclaw].env[name=CHROMIUM_URL]`,
    operator: absent,
    ours: { name: 'CHROMIUM_URL', value: 'http://127.0.0.1:9222' },
    ids: ['POD-091'],
    reason: "The guide's promise.",
  },
];

const CONFIG = { kind: 'ConfigMap', name: '<name>-config', ids: ['POD-234'] } as const;
const BLOCK = 'data["openclaw.json"].browser';
const ONE_TEXT =
  'No text with the profiles of the operator is valid on all versions: `color` is demanded before 2026.8 and refused since, as is `remoteCdpTimeoutMs`.';

const config: readonly Departure[] = [
  { ...CONFIG, path: `${BLOCK}.defaultProfile`, operator: 'default', ours: absent, reason: ONE_TEXT },
  { ...CONFIG, path: `${BLOCK}.profiles`, operator: anyValue, ours: absent, reason: ONE_TEXT },
  { ...CONFIG, path: `${BLOCK}.remoteCdpTimeoutMs`, operator: 30000, ours: absent, reason: ONE_TEXT },
  { ...CONFIG, path: `${BLOCK}.cdpUrl`, operator: absent, ours: 'http://127.0.0.1:9222', reason: ONE_TEXT },
  { ...CONFIG, path: `${BLOCK}.enabled`, operator: absent, ours: true, reason: 'Said outright rather than left to a default.' },
];

const around: readonly Departure[] = [
  ...['spec.egress[2]', 'spec.egress[4]'].map((path): Departure => ({
    kind: 'NetworkPolicy',
    name: '<name>',
    path,
    operator: {
      ports: [{ port: 9222, protocol: 'TCP' }],
      to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': '<name>', 'app.kubernetes.io/name': 'openclaw' } } }],
    },
    ours: absent,
    ids: ['ARD-016'],
    reason: LOOPBACK,
  })),
  {
    kind: 'NetworkPolicy',
    name: '<name>',
    path: 'spec.ingress[*].ports[port=9222]',
    operator: { port: 9222, protocol: 'TCP' },
    ours: absent,
    ids: ['ARD-016'],
    reason: LOOPBACK,
  },
  {
    kind: 'Service',
    name: '<name>',
    path: 'spec.ports[name=chromium]',
    operator: anyValue,
    ours: absent,
    ids: ['ARD-047'],
    reason: LOOPBACK,
  },
  { kind: 'Service', name: '<name>-cdp', path: '', operator: anyValue, ours: absent, ids: ['ARD-053'], reason: LOOPBACK },
  {
    kind: 'PersistentVolumeClaim',
    name: '<name>-chromium-data',
    path: 'metadata.annotations',
    operator: absent,
    ours: KEEP_ON_PRUNE,
    ids: ['ARD-104', 'ARD-108', 'W-27'],
    reason: 'Neither engine deletes the logins in it when persistence, the browser or the instance leaves Git.',
  },
];

export const DEPARTURES_CHROMIUM: readonly Departure[] = [...browser, ...config, ...around];
