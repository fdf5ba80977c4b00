/**
 * An independent judge of pods: every field in which one is weaker than Pod Security `restricted` with a read-only root file system.
 * It knows the standard and nothing of how the renderer hardens.
 */
import type { Container, PodSpec, Volume } from '../../src/kube/types.ts';

export interface Relaxation {
  /** Container name, or `pod` for what concerns all of them. */
  readonly container: string;
  readonly field: string;
  readonly value: string;
}

const RESTRICTED_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
const SAFE_SYSCTLS = [
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
];
const SELINUX_TYPES = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];
const SECCOMP_TYPES = ['RuntimeDefault', 'Localhost'];

type Found = (field: string, value: unknown) => void;

function judgePod(pod: PodSpec, found: Found): void {
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC'] as const) if (pod[field] === true) found(field, true);
  const context = pod.securityContext ?? {};
  if (context.runAsUser === 0) found('runAsUser', 0);
  if (context.windowsOptions?.hostProcess === true) found('hostProcess', true);
  judgeSeLinux(context.seLinuxOptions, found);
  for (const { name } of context.sysctls ?? []) if (!SAFE_SYSCTLS.includes(name)) found('sysctls', name);
  for (const volume of pod.volumes ?? []) judgeVolume(volume, found);
}

function judgeVolume(volume: Volume, found: Found): void {
  const source = Object.keys(volume).find((key) => key !== 'name');
  if (source !== undefined && !RESTRICTED_VOLUMES.includes(source)) found(`volumes[${volume.name}]`, source);
}

function judgeSeLinux(options: { type?: string; user?: string; role?: string } | undefined, found: Found): void {
  if (!SELINUX_TYPES.includes(options?.type)) found('seLinuxOptions.type', options?.type);
  if (options?.user || options?.role) found('seLinuxOptions', 'user or role');
}

function judgeContainer(container: Container, pod: PodSpec, found: Found): void {
  const context = container.securityContext ?? {};
  if (context.privileged === true) found('privileged', true);
  if (context.allowPrivilegeEscalation !== false) found('allowPrivilegeEscalation', context.allowPrivilegeEscalation);
  if (context.readOnlyRootFilesystem !== true) found('readOnlyRootFilesystem', context.readOnlyRootFilesystem);
  if ((context.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) !== true)
    found('runAsNonRoot', context.runAsNonRoot ?? pod.securityContext?.runAsNonRoot);
  if (context.runAsUser === 0) found('runAsUser', 0);
  if (!context.capabilities?.drop?.includes('ALL')) found('capabilities.drop', context.capabilities?.drop);
  for (const added of context.capabilities?.add ?? []) if (added !== 'NET_BIND_SERVICE') found('capabilities.add', added);
  const seccomp = (context.seccompProfile ?? pod.securityContext?.seccompProfile)?.type;
  if (seccomp === undefined || !SECCOMP_TYPES.includes(seccomp)) found('seccompProfile', seccomp);
  if (context.procMount !== undefined && context.procMount !== 'Default') found('procMount', context.procMount);
  if (context.windowsOptions?.hostProcess === true) found('hostProcess', true);
  judgeSeLinux(context.seLinuxOptions, found);
  for (const { hostPort } of container.ports ?? []) if (hostPort !== undefined && hostPort !== 0) found('hostPort', hostPort);
}

/** The weaker fields of a pod, its init containers included. */
export function relaxationsOf(pod: PodSpec): Relaxation[] {
  const relaxations: Relaxation[] = [];
  const collect =
    (container: string): Found =>
    (field, value) =>
      relaxations.push({ container, field, value: value === undefined ? 'unset' : JSON.stringify(value) });
  judgePod(pod, collect('pod'));
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) judgeContainer(container, pod, collect(container.name));
  return relaxations;
}
