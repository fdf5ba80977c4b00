/**
 * The Pod Security Standards as Kubernetes 1.34 judges them: https://kubernetes.io/docs/concepts/security/pod-security-standards/.
 * What concerns Windows alone is left out, since no image of ours runs there.
 */
import type { Container, PodSpec, Probe, Volume } from './types.ts';

/** From the strictest on. */
export const POD_SECURITY_LEVELS = ['restricted', 'baseline', 'privileged'] as const;
export type PodSecurityLevel = (typeof POD_SECURITY_LEVELS)[number];

export interface PodSecurity {
  /** The strictest level that admits the pod. */
  readonly level: PodSecurityLevel;
  /** What keeps it from the next stricter one; empty for `restricted`. */
  readonly reasons: readonly string[];
}

const BASELINE_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);
const SELINUX_TYPES: ReadonlySet<string> = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']);
/** Kinds of volumes that the level "restricted" allows; `image` brings files of an image, read-only. */
export const RESTRICTED_VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** Fields that the types of kubernetes-types are too old for. */
interface Newer {
  readonly appArmorProfile?: { readonly type?: string };
}

/** `annotations` are the pod's, where AppArmor used to be set. */
export function podSecurity(pod: PodSpec, annotations: Readonly<Record<string, string>> = {}): PodSecurity {
  const containers = [...(pod.initContainers ?? []), ...pod.containers];
  const baseline = [...podFaults(pod, annotations), ...containers.flatMap((container) => named(container, baselineFaults(container)))];
  if (baseline.length > 0) return { level: 'privileged', reasons: baseline };
  const restricted = [
    ...(pod.volumes ?? []).filter(isUnrestricted).map(({ name }) => `volume "${name}" is of a kind that reaches the node or the network`),
    ...(pod.securityContext?.runAsUser === 0 ? ['the pod runs as user 0'] : []),
    ...containers.flatMap((container) => named(container, restrictedFaults(container, pod))),
  ];
  return restricted.length > 0 ? { level: 'baseline', reasons: restricted } : { level: 'restricted', reasons: [] };
}

function named({ name }: Container, faults: readonly string[]): string[] {
  return faults.map((fault) => `container "${name}" ${fault}`);
}

function podFaults(pod: PodSpec, annotations: Readonly<Record<string, string>>): string[] {
  const context = pod.securityContext ?? {};
  const unconfined = Object.entries(annotations).filter(
    ([key, value]) =>
      key.startsWith('container.apparmor.security.beta.kubernetes.io/') && !/^$|^runtime\/default$|^localhost\//.test(value),
  );
  return [
    ...(['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => pod[field] === true).map((field) => `the pod has ${field}`),
    ...(pod.volumes ?? [])
      .filter(({ hostPath }) => hostPath !== undefined)
      .map(({ name }) => `volume "${name}" is a directory of the node`),
    ...(context.sysctls ?? []).filter(({ name }) => !SAFE_SYSCTLS.has(name)).map(({ name }) => `the pod sets ${name}`),
    ...(isUnusualSeLinux(context.seLinuxOptions) ? ['the pod sets SELinux options'] : []),
    ...(context.seccompProfile?.type === 'Unconfined' ? ['the pod has no seccomp profile'] : []),
    ...((context as Newer).appArmorProfile?.type === 'Unconfined' || unconfined.length > 0 ? ['the pod has no AppArmor profile'] : []),
  ];
}

function baselineFaults({ securityContext = {}, ports = [], lifecycle, ...probes }: Container): string[] {
  const { privileged, capabilities, seLinuxOptions, procMount, seccompProfile } = securityContext;
  const added = (capabilities?.add ?? []).filter((capability) => !BASELINE_CAPABILITIES.has(capability));
  const handlers = [probes.livenessProbe, probes.readinessProbe, probes.startupProbe, lifecycle?.postStart, lifecycle?.preStop];
  return [
    ...(privileged === true ? ['is privileged'] : []),
    ...(added.length > 0 ? [`has the capabilities ${added.join(', ')}`] : []),
    ...(ports.some(({ hostPort = 0 }) => hostPort !== 0) ? ['takes a port of the node'] : []),
    ...(isUnusualSeLinux(seLinuxOptions) ? ['sets SELinux options'] : []),
    ...((procMount ?? 'Default') === 'Default' ? [] : ['sees /proc unmasked']),
    ...(seccompProfile?.type === 'Unconfined' ? ['has no seccomp profile'] : []),
    ...((securityContext as Newer).appArmorProfile?.type === 'Unconfined' ? ['has no AppArmor profile'] : []),
    ...(handlers.some(namesHost) ? ['has a probe or hook that names a host'] : []),
  ];
}

function restrictedFaults({ securityContext = {} }: Container, pod: PodSpec): string[] {
  const { allowPrivilegeEscalation, capabilities, runAsUser } = securityContext;
  const runAsNonRoot = securityContext.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
  const seccomp = (securityContext.seccompProfile ?? pod.securityContext?.seccompProfile)?.type;
  const added = (capabilities?.add ?? []).filter((capability) => capability !== 'NET_BIND_SERVICE');
  return [
    ...(allowPrivilegeEscalation === false ? [] : ['may gain privileges']),
    ...(capabilities?.drop?.includes('ALL') === true ? [] : ['keeps capabilities']),
    ...(added.length > 0 ? [`has the capabilities ${added.join(', ')}`] : []),
    ...(runAsNonRoot === true ? [] : ['may run as root']),
    ...(runAsUser === 0 ? ['runs as user 0'] : []),
    ...(seccomp === 'RuntimeDefault' || seccomp === 'Localhost' ? [] : ['has no seccomp profile']),
  ];
}

function isUnusualSeLinux(options: { readonly type?: string; readonly user?: string; readonly role?: string } | undefined): boolean {
  return !SELINUX_TYPES.has(options?.type ?? '') || Boolean(options?.user) || Boolean(options?.role);
}

function isUnrestricted(volume: Volume): boolean {
  return Object.keys(volume).some((kind) => kind !== 'name' && !RESTRICTED_VOLUMES.has(kind));
}

function namesHost(handler: Pick<Probe, 'httpGet' | 'tcpSocket'> | undefined): boolean {
  return Boolean(handler?.httpGet?.host) || Boolean(handler?.tcpSocket?.host);
}
