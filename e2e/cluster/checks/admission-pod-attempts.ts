/** Pods that people try to make in a namespace of agents. */
import { created, patched, type Attempt } from './admission-attempt.ts';

const PODS = 'openclaw-gitops-pods';
const STRATEGIC = 'application/strategic-merge-patch+json';
const LABELS = {
  'app.kubernetes.io/name': 'openclaw',
  'app.kubernetes.io/instance': 'bot',
  'app.kubernetes.io/managed-by': 'openclaw-gitops',
};
const HARDENED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** All by dry run; the pod `bot-e2e` of an agent is stored already. */
export function podAttempts(namespace: string): readonly Attempt[] {
  const pod = (fields: object, containerFields: object = {}, labels: object = LABELS, securityContext: object = {}): object => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'attempt', namespace, labels },
    spec: {
      containers: [
        { name: 'main', image: 'registry.test/main:1', securityContext: { ...HARDENED, ...securityContext }, ...containerFields },
      ],
      ...fields,
    },
  });
  const debugging = (securityContext: object): Attempt['send'] =>
    patched(
      `/api/v1/namespaces/${namespace}/pods/bot-e2e/ephemeralcontainers`,
      { spec: { ephemeralContainers: [{ name: 'debug', image: 'registry.test/debug:1', securityContext }] } },
      STRATEGIC,
    );
  const hostPath = { volumes: [{ name: 'node', hostPath: { path: '/' } }] };

  return [
    { person: 'somebody', title: 'a hardened pod of an agent', denied: null, send: created(pod({})) },
    { person: 'somebody', title: 'hostNetwork', denied: PODS, send: created(pod({ hostNetwork: true })) },
    { person: 'Argo CD', title: 'hostPID', denied: PODS, send: created(pod({ hostPID: true })) },
    { person: 'somebody', title: 'hostIPC', denied: PODS, send: created(pod({ hostIPC: true })) },
    { person: 'somebody', title: 'a hostPath', denied: PODS, send: created(pod(hostPath)) },
    { person: 'somebody', title: 'a hostPath of a pod that is no agent', denied: null, send: created(pod(hostPath, {}, { app: 'other' })) },
    {
      person: 'somebody',
      title: 'a privileged container',
      denied: PODS,
      send: created(pod({}, { securityContext: { privileged: true } })),
    },
    {
      person: 'somebody',
      title: 'privilege escalation unsaid',
      denied: PODS,
      send: created(pod({}, { securityContext: { runAsNonRoot: true } })),
    },
    {
      person: 'somebody',
      title: 'a capability',
      denied: PODS,
      send: created(pod({}, {}, LABELS, { capabilities: { add: ['NET_ADMIN'] } })),
    },
    {
      person: 'somebody',
      title: 'the capability of low ports',
      denied: null,
      send: created(pod({}, {}, LABELS, { capabilities: { add: ['NET_BIND_SERVICE'] } })),
    },
    {
      person: 'somebody',
      title: 'a port of the node',
      denied: PODS,
      send: created(pod({}, { ports: [{ containerPort: 80, hostPort: 80 }] })),
    },
    { person: 'somebody', title: 'root', denied: PODS, send: created(pod({}, {}, LABELS, { runAsNonRoot: false })) },
    {
      person: 'somebody',
      title: 'another user than root by the pod',
      denied: null,
      send: created(pod({ securityContext: { runAsNonRoot: true } }, { securityContext: { allowPrivilegeEscalation: false } })),
    },
    {
      person: 'somebody',
      title: 'no seccomp',
      denied: PODS,
      send: created(pod({}, {}, LABELS, { seccompProfile: { type: 'Unconfined' } })),
    },
    {
      person: 'somebody',
      title: 'no seccomp by the pod',
      denied: PODS,
      send: created(pod({ securityContext: { seccompProfile: { type: 'Unconfined' } } })),
    },
    {
      person: 'somebody',
      title: 'a privileged init container',
      denied: PODS,
      send: created(pod({ initContainers: [{ name: 'init', image: 'registry.test/init:1', securityContext: { privileged: true } }] })),
    },
    { person: 'somebody', title: 'a debugging container', denied: null, send: debugging(HARDENED) },
    { person: 'somebody', title: 'a privileged debugging container', denied: PODS, send: debugging({ privileged: true }) },
  ];
}
