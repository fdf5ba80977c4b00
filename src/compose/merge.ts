/** Joins contributions slot by slot; the law of each slot stands in `compose.ts`. */
import { invariant } from '../lib/invariant.ts';
import type { VolumeMount } from '../kube/types.ts';
import type { ConfigMapEntry, ConfigMapPlan, PlannedContainer, PlannedInitContainer } from './contribution.ts';
import { itemsOf, ownedItemsOf, type Owned, type Part } from './parts.ts';
import type { Merged } from './plan.ts';
import { servicePorts } from './service-ports.ts';

export const MAIN_CONTAINER = 'openclaw';
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const PHASES = ['prepare', 'install', 'sidecar', 'provision', 'user'] as const;

function claimedOnce<T>(owned: Owned<T>[], what: string, name: (item: T) => string): Owned<T>[] {
  const owners = new Map<string, string>();
  for (const { owner, item } of owned) {
    const other = owners.get(name(item));
    invariant(other === undefined, `${what} ${name(item)} is planned by both ${other} and ${owner}`);
    owners.set(name(item), owner);
  }
  return owned;
}

/** Later entries replace earlier ones of the same name and stand where the later one was written: `$(NAME)` sees only what precedes it. */
function uniqueByName<T extends { name?: string }>(entries: readonly T[]): T[] {
  const last = new Map(entries.map((entry, index) => [entry.name, index]));
  return entries.filter((entry, index) => last.get(entry.name) === index);
}

function isSameMount(left: VolumeMount, right: VolumeMount): boolean {
  return left.mountPath === right.mountPath && left.name === right.name;
}

/** Features that need the same mount share it. */
function uniqueMounts(mounts: readonly VolumeMount[]): VolumeMount[] {
  return mounts.filter((mount, index) => mounts.findIndex((other) => isSameMount(other, mount)) === index);
}

/** The agent's container with what the features add to it. */
function completedMain(main: PlannedContainer, parts: readonly Part[]): PlannedContainer {
  const additions = itemsOf(parts, ({ main: addition }) => (addition === undefined ? undefined : [addition]));
  const directories = [...new Set(additions.flatMap((addition) => addition.path ?? []))];
  const path = directories.length === 0 ? [] : [{ name: 'PATH', value: [...directories, SYSTEM_PATH].join(':') }];
  const { container } = main;
  const userEnv = container.env ?? [];
  const readinessProbes = additions.flatMap((addition) => addition.readinessProbe ?? []);
  invariant(readinessProbes.length <= 1, 'two features bring a readiness probe');
  return {
    ...main,
    container: {
      ...container,
      env: uniqueByName([...additions.flatMap((addition) => addition.env ?? []), ...path, ...userEnv]),
      ports: [...(container.ports ?? []), ...additions.flatMap((addition) => addition.ports ?? [])],
      volumeMounts: uniqueMounts([...(container.volumeMounts ?? []), ...additions.flatMap((addition) => addition.mounts ?? [])]),
      ...(readinessProbes[0] === undefined ? {} : { readinessProbe: readinessProbes[0] }),
    },
  };
}

function inPhases(owned: readonly Owned<PlannedInitContainer>[]): Owned<PlannedInitContainer>[] {
  return PHASES.flatMap((phase) => owned.filter(({ item }) => item.phase === phase));
}

function rank({ owner, item }: Owned<PlannedContainer>): number {
  if (item.container.name === MAIN_CONTAINER) return 0;
  return owner.startsWith('compose/') ? 1 : 2;
}

/** The agent's container first, since it is what `kubectl logs` shows, then what compose derives, then the others. */
function agentFirst(containers: readonly Owned<PlannedContainer>[]): Owned<PlannedContainer>[] {
  return [...containers].sort((left, right) => rank(left) - rank(right));
}

/** One ConfigMap a name, holding everybody's entries. */
function joinedConfigMaps(planned: readonly Owned<ConfigMapPlan>[]): Owned<ConfigMapPlan>[] {
  const byName = new Map<string, Owned<ConfigMapPlan & { entries: Map<string, ConfigMapEntry> }>>();
  for (const { owner, item } of planned) {
    const joint = byName.get(item.name) ?? { owner, item: { name: item.name, entries: new Map<string, ConfigMapEntry>() } };
    const labels = { ...joint.item.labels, ...item.labels };
    const annotations = { ...joint.item.annotations, ...item.annotations };
    byName.set(item.name, { owner: joint.owner, item: { ...joint.item, labels, annotations } });
    for (const [key, entry] of item.entries) {
      invariant(!joint.item.entries.has(key), `entry ${key} of ConfigMap ${item.name} is planned twice`);
      joint.item.entries.set(key, entry);
    }
  }
  return [...byName.values()];
}

/** Everything the kinds print, except the pod's own settings. */
export function merge(parts: readonly Part[]): Merged {
  const containers = claimedOnce(
    ownedItemsOf(parts, (part) => part.containers),
    'container',
    (item) => item.container.name,
  );
  const volumes = ownedItemsOf(parts, (part) => part.volumes);
  const claimTemplates = ownedItemsOf(parts, (part) => part.claimTemplates);
  claimedOnce<{ readonly name: string }>([...volumes, ...claimTemplates], 'volume', (item) => item.name);
  return {
    containers: agentFirst(containers).map(({ owner, item }) => ({
      owner,
      item: item.container.name === MAIN_CONTAINER ? completedMain(item, parts) : item,
    })),
    initContainers: inPhases(
      claimedOnce(
        ownedItemsOf(parts, (part) => part.initContainers),
        'init container',
        (item) => item.container.name,
      ),
    ),
    volumes,
    servicePorts: servicePorts(parts),
    configMaps: joinedConfigMaps(ownedItemsOf(parts, (part) => part.configMaps)),
    secrets: claimedOnce(
      ownedItemsOf(parts, (part) => part.secrets),
      'Secret',
      (item) => item.name,
    ),
    claims: claimedOnce(
      ownedItemsOf(parts, (part) => part.claims),
      'claim',
      (item) => item.name,
    ),
    claimTemplates,
    serviceAccounts: claimedOnce(
      ownedItemsOf(parts, (part) => part.serviceAccounts),
      'ServiceAccount',
      (item) => item.name,
    ),
    roles: claimedOnce(
      ownedItemsOf(parts, (part) => part.roles),
      'Role',
      (item) => item.name,
    ),
    networkPolicies: claimedOnce(
      ownedItemsOf(parts, (part) => part.networkPolicies),
      'NetworkPolicy',
      (item) => item.name,
    ),
    jobs: claimedOnce(
      ownedItemsOf(parts, (part) => part.jobs),
      'Job',
      (item) => item.name,
    ),
    objects: ownedItemsOf(parts, (part) => part.objects),
  };
}
