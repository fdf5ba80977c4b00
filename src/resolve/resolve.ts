/**
 * Resolve: from what the user wrote to answers for every question. The only stage that knows defaults.
 * Takes an instance whose spec passed the schema; never refuses: rules look at the same input and say what is wrong.
 */
import type { EnvVar } from '../kube/types.ts';
import { resolveAutoScaling } from './auto-scaling.ts';
import { resolveAvailability } from './availability.ts';
import { resolveChromium } from './chromium.ts';
import type { Companions } from './companions.ts';
import { resolveConfig } from './config.ts';
import { resolveGateway } from './gateway.ts';
import { resolveHttpRoute } from './http-route.ts';
import { namedVersion, resolveImage } from './image.ts';
import { resolveIngress } from './ingress.ts';
import { resolveInstallation } from './installation.ts';
import type { Instance } from './instance.ts';
import type { Lock, LockedPackage } from './lock.ts';
import { lockedPacks } from './locked-packs.ts';
import { resolveMetrics } from './metrics.ts';
import { missingKinds } from './missing-kinds.ts';
import { resolveOllama } from './ollama.ts';
import { openclawVersion } from './openclaw-version.ts';
import { resolvePacks } from './packs.ts';
import { resolvePlugins } from './plugins.ts';
import { resolveProbes } from './probes.ts';
import type { Resolved } from './resolved.ts';
import { resolveResources } from './resources.ts';
import { resolveRuntimeDeps } from './runtime-deps.ts';
import { resolveCaBundle, resolveNetworkPolicy, resolveRbac, resolveSecurity } from './security.ts';
import { resolveSelfConfigure } from './self-configure.ts';
import { resolveService } from './service.ts';
import { resolveSkills } from './skills.ts';
import { resolveStorage } from './storage.ts';
import { resolveTailscale } from './tailscale.ts';
import { resolveUserContainers } from './user-containers.ts';
import { resolveWebTerminal } from './web-terminal.ts';
import { resolveWorkspaces } from './workspace.ts';

const NOTHING_LOCKED: ReadonlyMap<string, string> = new Map();
const NO_PACKAGES: ReadonlyMap<string, LockedPackage> = new Map();
const NO_PACKS = lockedPacks(null, []);

export interface ResolveOptions {
  /** Registry for instances and cluster defaults that name none. */
  readonly registry?: string | undefined;
  /** OpenClaw version for images whose tag does not say it. */
  readonly openclawVersion?: string | undefined;
  /** Ranges of the API server, for agents that may ask for changes of their own instance. */
  readonly apiServerCidrs?: readonly string[] | undefined;
  /** The APIs of the cluster as Argo CD lists them, to leave out kinds that it does not know; undefined keeps them all. */
  readonly apiVersions?: readonly string[] | undefined;
}

export function resolve(instance: Instance, companions: Companions, options: ResolveOptions, lock: Lock | null = null): Resolved {
  const { spec } = instance;
  const image = resolveImage(instance);
  const workspaces = resolveWorkspaces(instance, companions);
  const openclaw = openclawVersion(namedVersion(instance, options.openclawVersion));
  const config = resolveConfig(instance, companions, openclaw.profile);
  return {
    name: instance.name,
    namespace: instance.namespace,
    image,
    registry: (spec.registry || options.registry || '').replace(/\/+$/, ''),
    imageDigests: lock?.images ?? NOTHING_LOCKED,
    openclaw,
    config,
    gateway: resolveGateway(instance),
    workspaces,
    packs: resolvePacks(instance, lock?.packs ?? NO_PACKS, workspaces, config),
    skills: resolveSkills(instance, lock?.skills ?? NO_PACKAGES),
    plugins: resolvePlugins(instance, lock?.plugins ?? NO_PACKAGES),
    runtimeDeps: resolveRuntimeDeps(instance),
    installation: resolveInstallation(instance, config.base),
    environment: { env: (spec.env ?? []) as readonly EnvVar[], envFrom: spec.envFrom ?? [] },
    resources: resolveResources(instance),
    security: resolveSecurity(instance),
    networkPolicy: resolveNetworkPolicy(instance),
    rbac: resolveRbac(instance),
    caBundle: resolveCaBundle(instance),
    storage: resolveStorage(instance),
    service: resolveService(instance),
    ingress: resolveIngress(instance),
    httpRoute: resolveHttpRoute(instance),
    availability: resolveAvailability(instance),
    autoScaling: resolveAutoScaling(instance),
    probes: resolveProbes(instance),
    metrics: resolveMetrics(instance, image, config, openclaw.profile),
    tailscale: resolveTailscale(instance, openclaw.profile),
    ollama: resolveOllama(instance),
    chromium: resolveChromium(instance),
    userContainers: resolveUserContainers(instance),
    podAnnotations: spec.podAnnotations ?? {},
    suspended: spec.suspended ?? false,
    webTerminal: resolveWebTerminal(instance),
    selfConfigure: resolveSelfConfigure(instance, options.apiServerCidrs ?? []),
    missingKinds: missingKinds(options.apiVersions),
  };
}
