/** The user a pod runs as. As root the tests become uid 1000 where the pod would be; anybody else is that user already. */
export const POD_UID = isRoot() ? 1000 : (process.getuid?.() ?? 0);
export const POD_GID = isRoot() ? 1000 : (process.getgid?.() ?? 0);

/** For spawn(): the child is the pod's user for good, without supplementary groups. */
export const AS_POD_USER = isRoot() ? { uid: POD_UID, gid: POD_GID } : {};

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Makes this whole process the pod's user: for tests that would otherwise change hands too often. */
export function becomePodUser(): void {
  if (!isRoot()) return;
  process.setgroups?.([POD_GID]);
  process.setgid?.(POD_GID);
  process.setuid?.(POD_UID);
}

/** Runs `work` in this process with the rights of the pod's user. */
export async function asPodUser<T>(work: () => Promise<T>): Promise<T> {
  if (!isRoot()) return await work();
  const groups = process.getgroups?.() ?? [];
  process.setgroups?.([POD_GID]);
  process.setegid?.(POD_GID);
  process.seteuid?.(POD_UID);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
    process.setgroups?.(groups);
  }
}
