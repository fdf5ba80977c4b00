/** What people and controllers do to objects behind an engine's back, as JSON patches of what `golden/guide-production` renders. */
import type { Json } from '../../src/lib/json.ts';

export interface Drift {
  /** As in `docs/drift.md`. */
  readonly says: string;
  readonly kind: string;
  readonly patch: readonly Operation[];
}

type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string };

const SET = 'StatefulSet';
const POD = '/spec/template/spec';
const AGENT = `${POD}/containers/0`;
const SECURITY = `${AGENT}/securityContext`;
const STRANGER = { name: 'stranger', image: 'registry.example.com/stranger:1' };

export const DRIFTS: readonly Drift[] = [
  changed('another image', SET, `${AGENT}/image`, 'registry.example.com/stranger:1'),
  changed('another value of a variable', SET, `${AGENT}/env/0`, { name: 'HOME', value: '/root' }),
  removed('a variable taken away', SET, `${AGENT}/env/0`),
  changed('three replicas', SET, '/spec/replicas', 3),
  changed('another service account', SET, `${POD}/serviceAccountName`, 'stranger'),
  changed('the API token mounted', SET, `${POD}/automountServiceAccountToken`, true),
  changed('processes shared', SET, `${POD}/shareProcessNamespace`, true),
  added('the network of the host', SET, `${POD}/hostNetwork`, true),
  added('the processes of the host', SET, `${POD}/hostPID`, true),
  added('the IPC of the host', SET, `${POD}/hostIPC`, true),
  changed('a root file system that can be written', SET, `${SECURITY}/readOnlyRootFilesystem`, false),
  changed('privilege escalation', SET, `${SECURITY}/allowPrivilegeEscalation`, true),
  privileged(),
  added('a capability', SET, `${SECURITY}/capabilities/add`, ['NET_ADMIN']),
  changed('no capability dropped', SET, `${SECURITY}/capabilities/drop`, []),
  changed('no seccomp profile', SET, `${SECURITY}/seccompProfile/type`, 'Unconfined'),
  changed('a partition that holds rollouts back', SET, '/spec/updateStrategy/rollingUpdate/partition', 1),
  changed('a Job suspended', 'Job', '/spec/suspend', true),
  changed('a rule of ingress from everywhere', 'NetworkPolicy', '/spec/ingress/0/from', []),
  added('a rule of ingress more', 'NetworkPolicy', '/spec/ingress/-', {}),
  added('a rule of egress more', 'NetworkPolicy', '/spec/egress/-', {}),
  removed('a direction no longer closed', 'NetworkPolicy', '/spec/policyTypes/1'),
  added('a rule more', 'Role', '/rules/-', { apiGroups: [''], resources: ['secrets'], verbs: ['list'] }),
  added('a verb more', 'Role', '/rules/0/verbs/-', 'delete'),
  removed('a rule without resource names', 'Role', '/rules/0/resourceNames'),
  added('a subject more', 'RoleBinding', '/subjects/-', { kind: 'ServiceAccount', name: 'stranger', namespace: 'default' }),
  changed('another type', 'Service', '/spec/type', 'NodePort'),
  added('an external address', 'Service', '/spec/externalIPs', ['203.0.113.1']),
  changed('another target of a port', 'Service', '/spec/ports/0/targetPort', 18789),
  changed('another limit', 'PodDisruptionBudget', '/spec/maxUnavailable', 2),
  changed('another value of a key', 'ConfigMap', '/data/openclaw.json', '{}'),
  removed('a key taken away', 'ConfigMap', '/data/openclaw.json'),
  changed('another label', SET, '/metadata/labels/app.kubernetes.io~1managed-by', 'stranger'),
  removed('a label taken away', SET, '/metadata/labels/app.kubernetes.io~1managed-by'),
  removed('the annotations that keep a claim', 'PersistentVolumeClaim', '/metadata/annotations'),
  added('a label more', SET, '/metadata/labels/stranger', 'here'),
  added('an annotation of the pod more', SET, '/spec/template/metadata/annotations/stranger', 'here'),
  added('a variable more', SET, `${AGENT}/env/-`, { name: 'STRANGER', value: 'here' }),
  added('a container more', SET, `${POD}/containers/-`, STRANGER),
  added('an init container more', SET, `${POD}/initContainers/-`, STRANGER),
  added('a volume more', SET, `${POD}/volumes/-`, { name: 'stranger', hostPath: { path: '/' } }),
  added('a mount more', SET, `${AGENT}/volumeMounts/-`, { name: 'data', mountPath: '/stranger' }),
  added('a toleration', SET, `${POD}/tolerations`, [{ operator: 'Exists' }]),
  added('a label of the node more', SET, `${POD}/nodeSelector/stranger`, 'here'),
  added('a runtime class', SET, `${POD}/runtimeClassName`, 'stranger'),
  added('a kernel setting', SET, `${POD}/securityContext/sysctls`, [{ name: 'kernel.msgmax', value: '1' }]),
  added('another program', SET, `${AGENT}/command`, ['/bin/true']),
  added('a command after the start', SET, `${AGENT}/lifecycle`, { postStart: { exec: { command: ['/bin/true'] } } }),
  added('a port of the host', SET, `${AGENT}/ports/0/hostPort`, 18789),
  added('a user of the agent alone', SET, `${SECURITY}/runAsUser`, 4242),
  added('a pull secret', 'ServiceAccount', '/imagePullSecrets', [{ name: 'stranger' }]),
  changed('the API token mounted', 'ServiceAccount', '/automountServiceAccountToken', true),
  added('a port more', 'Service', '/spec/ports/-', { name: 'stranger', port: 22 }),
  added('a label in the selector more', 'Service', '/spec/selector/stranger', 'here'),
  added('a key more', 'ConfigMap', '/data/stranger', 'here'),
];

function privileged(): Drift {
  // The server refuses the one without the other.
  const flags = ['privileged', 'allowPrivilegeEscalation'];
  return {
    says: 'a privileged container',
    kind: SET,
    patch: flags.map((flag) => ({ op: 'replace', path: `${SECURITY}/${flag}`, value: true })),
  };
}

function changed(says: string, kind: string, path: string, value: Json): Drift {
  return { says, kind, patch: [{ op: 'replace', path, value }] };
}

function added(says: string, kind: string, path: string, value: Json): Drift {
  return { says, kind, patch: [{ op: 'add', path, value }] };
}

function removed(says: string, kind: string, path: string): Drift {
  return { says, kind, patch: [{ op: 'remove', path }] };
}
