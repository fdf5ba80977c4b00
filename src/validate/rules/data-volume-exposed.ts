import { STATE_DIRECTORY, TAILSCALE_STATE_DIRECTORY } from '../../kube/paths.ts';
import type { VolumeMount } from '../../generated/openclaw-instance.ts';
import { claimHolder } from '../claim-uses.ts';
import { safelyQuoted } from '../safely-quoted.ts';
import { mountLists } from '../user-mounts.ts';
import { userVolumes } from '../user-volumes.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

/** Volumes of the pod on which an agent keeps its state, with whose state it is. */
function stateVolumes({ instance, instances }: RuleContext): ReadonlyMap<string, string> {
  const found = new Map([['data', 'the agent']]);
  for (const { volume } of userVolumes(instance)) {
    const holder = claimHolder(instance.namespace, volume.persistentVolumeClaim?.claimName ?? '', instances);
    if (holder?.what !== 'state') continue;
    found.set(volume.name, holder.instance.name === instance.name ? 'the agent' : `OpenClawInstance ${safelyQuoted(holder.instance.name)}`);
  }
  return found;
}

/** The directory of the volume that is mounted, empty for its root; null where only the cluster knows. */
function mountedDirectory({ subPath, subPathExpr }: VolumeMount): string | null {
  const path = subPath || subPathExpr || '';
  if (!subPath && path.includes('$(')) return null;
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}

/** What of `whose` secrets a directory of its volume holds, or null. */
function secretsIn(directory: string, whose: string, seesState: boolean, hasTailnet: boolean): string | null {
  if (directory === TAILSCALE_STATE_DIRECTORY || directory.startsWith(`${TAILSCALE_STATE_DIRECTORY}/`))
    return `the tailnet identity of ${whose}`;
  if (directory === STATE_DIRECTORY && !seesState) return `the whole state of ${whose}, with its credentials and conversations`;
  if (directory !== '' || (seesState && !hasTailnet)) return null;
  const tailnet = hasTailnet ? ', and its tailnet identity' : '';
  return `the whole volume of ${whose}, with its credentials and conversations${tailnet}`;
}

/** A warning, since what a user's container is for may need it: the guide's own example fetches a file into the root. */
export const dataVolumeExposed: Rule = {
  id: 'data-volume-exposed',
  severity: 'warning',
  summary: "A mount of the user shows a container an agent's credentials and conversations, or its tailnet identity.",
  hint: `add a subPath of what the container needs, such as "${STATE_DIRECTORY}/workspace", or keep its files on a volume of their own`,
  check(context: RuleContext) {
    const lists = mountLists(context.instance);
    if (lists.length === 0) return [];
    const volumes = stateVolumes(context);
    const findings: Finding[] = [];
    for (const { isAgent, mounts } of lists) {
      for (const { mount, path } of mounts) {
        const whose = volumes.get(mount.name);
        const directory = whose === undefined ? null : mountedDirectory(mount);
        if (whose === undefined || directory === null) continue;
        const isOwn = whose === 'the agent';
        const secrets = secretsIn(directory, whose, isAgent && isOwn, isOwn && context.resolved.tailscale !== null);
        if (secrets === null) continue;
        const expected = directory === '' ? 'a "subPath"' : 'another "subPath"';
        findings.push({
          path: [...path, 'subPath'],
          message: `the mount shows ${isAgent ? 'the agent' : 'this container'} ${secrets}; expected ${expected}`,
        });
      }
    }
    return findings;
  },
};
