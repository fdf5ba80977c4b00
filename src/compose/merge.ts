/** Joins contributions slot by slot; the law of each slot stands in `compose.ts`. */
import { invariant } from '../lib/invariant.ts';
import { mergeJson, type JsonObject } from '../lib/json.ts';
import type { ConfigMapEntry, ConfigMapPlan, Contribution, PlannedContainer, PlannedInitContainer, ServicePortSlot } from './contribution.ts';
import type { Merged, Owned } from './plan.ts';

export interface OwnedContribution {
  readonly owner: string;
  readonly contribution: Contribution;
}

export const MAIN_CONTAINER = 'openclaw';
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const PHASES = ['prepare', 'install', 'sidecar', 'user'] as const;

function joined<T>(parts: readonly OwnedContribution[], slot: (contribution: Contribution) => readonly T[] | undefined): Owned<T>[] {
  return parts.flatMap(({ owner, contribution }) => (slot(contribution) ?? []).map((item) => ({ owner, item })));
}

function items<T>(parts: readonly OwnedContribution[], slot: (contribution: Contribution) => readonly T[] | undefined): T[] {
  return parts.flatMap(({ contribution }) => slot(contribution) ?? []);
}

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

/** The agent's container with what the features add to it. */
function completedMain(main: PlannedContainer, parts: readonly OwnedContribution[]): PlannedContainer {
  const additions = items(parts, ({ main: addition }) => (addition === undefined ? undefined : [addition]));
  const directories = additions.flatMap((addition) => addition.path ?? []);
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
      volumeMounts: [...(container.volumeMounts ?? []), ...additions.flatMap((addition) => addition.mounts ?? [])],
      ...(readinessProbes[0] === undefined ? {} : { readinessProbe: readinessProbes[0] }),
    },
  };
}

function inPhases(owned: readonly Owned<PlannedInitContainer>[]): Owned<PlannedInitContainer>[] {
  return PHASES.flatMap((phase) => owned.filter(({ item }) => item.phase === phase));
}

function withoutYielding(ports: readonly Owned<ServicePortSlot>[]): Owned<ServicePortSlot>[] {
  const firm = ports.filter(({ item }) => item.yields !== true);
  return ports.filter(
    ({ item }) => item.yields !== true || !firm.some(({ item: other }) => other.name === item.name || (other.port === item.port && other.protocol === item.protocol)),
  );
}

/** One ConfigMap a name, holding everybody's entries. */
function joinedConfigMaps(planned: readonly Owned<ConfigMapPlan>[]): Owned<ConfigMapPlan>[] {
  const byName = new Map<string, Owned<{ name: string; entries: Map<string, ConfigMapEntry> }>>();
  for (const { owner, item } of planned) {
    const joint = byName.get(item.name) ?? { owner, item: { name: item.name, entries: new Map<string, ConfigMapEntry>() } };
    byName.set(item.name, joint);
    for (const [key, entry] of item.entries) {
      invariant(!joint.item.entries.has(key), `entry ${key} of ConfigMap ${item.name} is planned twice`);
      joint.item.entries.set(key, entry);
    }
  }
  return [...byName.values()];
}

export function merge(parts: readonly OwnedContribution[]): Merged {
  const containers = claimedOnce(joined(parts, (part) => part.containers), 'container', (item) => item.container.name);
  const seeds = items(parts, (part) => (part.seedsConfig === undefined ? undefined : [part.seedsConfig]));
  invariant(seeds.length <= 1, 'the configuration is seeded twice');
  return {
    containers: containers.map(({ owner, item }) => ({ owner, item: item.container.name === MAIN_CONTAINER ? completedMain(item, parts) : item })),
    initContainers: inPhases(claimedOnce(joined(parts, (part) => part.initContainers), 'init container', (item) => item.container.name)),
    volumes: claimedOnce(joined(parts, (part) => part.volumes), 'volume', (item) => item.name),
    configPatch: items(parts, (part) => (part.configPatch === undefined ? undefined : [part.configPatch])).reduce<JsonObject>(mergeJson, {}),
    trustedProxies: [...new Set(items(parts, (part) => part.trustedProxies))],
    allowedOrigins: [...new Set(items(parts, (part) => part.allowedOrigins))].sort(),
    directories: joined(parts, (part) => part.directories),
    links: joined(parts, (part) => part.links),
    files: joined(parts, (part) => part.files),
    seedsConfig: seeds[0] ?? null,
    secretsToFill: claimedOnce(joined(parts, (part) => part.secretsToFill), 'secret to fill', (item) => item.name),
    proxyListeners: claimedOnce(joined(parts, (part) => part.proxyListeners), 'listener', (item) => String(item.port)),
    servicePorts: withoutYielding(joined(parts, (part) => part.servicePorts)),
    ingressPeers: items(parts, (part) => part.ingressPeers),
    egress: items(parts, (part) => part.egress),
    rules: items(parts, (part) => part.rules),
    configMaps: joinedConfigMaps(joined(parts, (part) => part.configMaps)),
    secrets: claimedOnce(joined(parts, (part) => part.secrets), 'Secret', (item) => item.name),
    claims: claimedOnce(joined(parts, (part) => part.claims), 'claim', (item) => item.name),
    serviceAccounts: claimedOnce(joined(parts, (part) => part.serviceAccounts), 'ServiceAccount', (item) => item.name),
    roles: claimedOnce(joined(parts, (part) => part.roles), 'Role', (item) => item.name),
    networkPolicies: claimedOnce(joined(parts, (part) => part.networkPolicies), 'NetworkPolicy', (item) => item.name),
    jobs: claimedOnce(joined(parts, (part) => part.jobs), 'Job', (item) => item.name),
    objects: joined(parts, (part) => part.objects),
  };
}
