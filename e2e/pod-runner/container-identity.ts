import type { Container, PodSpec } from '../../src/kube/types.ts';
import type { ContainerImage } from './container-image.ts';

/** Who a container's first process is, from the pod's and the container's security context and the image's user. */
export interface ContainerIdentity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly dropsCapabilities: boolean;
  readonly addedCapabilities: readonly string[];
  readonly noNewPrivileges: boolean;
  readonly readOnlyRoot: boolean;
}

export function containerIdentity(pod: PodSpec, container: Container, image: ContainerImage): ContainerIdentity {
  const context = container.securityContext ?? {};
  const shared = pod.securityContext ?? {};
  const uid = context.runAsUser ?? shared.runAsUser ?? image.user.uid;
  // Without a group of its own a user gets the one that /etc/passwd of the image gives, and root's when it is not in there.
  const gid = context.runAsGroup ?? shared.runAsGroup ?? (uid === image.user.uid ? image.user.gid : 0);
  if ((context.runAsNonRoot ?? shared.runAsNonRoot) && uid === 0) throw new Error(`container ${container.name}: runAsNonRoot and user 0`);
  const groups = [gid, ...(shared.fsGroup === undefined ? [] : [shared.fsGroup]), ...(shared.supplementalGroups ?? [])];
  return {
    uid,
    gid,
    groups: [...new Set(groups)],
    dropsCapabilities: (context.capabilities?.drop ?? []).includes('ALL'),
    addedCapabilities: context.capabilities?.add ?? [],
    noNewPrivileges: context.allowPrivilegeEscalation === false,
    readOnlyRoot: context.readOnlyRootFilesystem ?? false,
  };
}

/** The arguments of setpriv that make a process this identity. */
export function setprivArguments(identity: ContainerIdentity): string[] {
  const capabilities = identity.addedCapabilities.map((name) => `+${name.toLowerCase()}`);
  return [
    `--reuid=${identity.uid}`,
    `--regid=${identity.gid}`,
    `--groups=${identity.groups.join(',')}`,
    '--inh-caps=-all',
    '--ambient-caps=-all',
    ...(identity.dropsCapabilities ? [`--bounding-set=${['-all', ...capabilities].join(',')}`] : []),
    ...(identity.noNewPrivileges ? ['--no-new-privs'] : []),
  ];
}
