/**
 * An instance with every question answered: what the features read. After the resolve stage nobody asks "is this set?".
 * One interface a topic, each filled by the file of the same name in this folder.
 */
import type { JsonObject } from '../lib/json.ts';
import type {
  Affinity,
  Capabilities,
  Container,
  EnvFromSource,
  EnvVar,
  NetworkPolicyEgressRule,
  PolicyRule,
  Toleration,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
} from '../kube/types.ts';
import type { ResolvedChromium } from './chromium.ts';
import type { OptionalKind } from '../kube/optional-kinds.ts';
import type { ResolvedAutoScaling } from './auto-scaling.ts';
import type { ResolvedMetrics } from './metrics.ts';
import type { ResolvedHttpRoute } from './http-route.ts';
import type { ResolvedIngress } from './ingress.ts';
import type { ResolvedOllama } from './ollama.ts';
import type { OpenClawVersion } from './openclaw-version.ts';
import type { ResolvedSelfConfigure } from './self-configure.ts';
import type { ResolvedWebTerminal } from './web-terminal.ts';
import type { ResolvedPacks } from './packs.ts';
import type { ResolvedTailscale } from './tailscale.ts';
import type { ResolvedInstallation } from './installation.ts';
import type { ResolvedPlugin } from './plugins.ts';
import type { ResolvedRuntimeDeps } from './runtime-deps.ts';
import type { ResolvedSkills } from './skills.ts';

export interface Resolved {
  readonly name: string;
  readonly namespace: string;
  readonly image: ResolvedImage;
  /** Registry that replaces the one of every image of ours, without trailing slashes; empty for none. */
  readonly registry: string;
  /** The lock's digest of each image reference as it is rendered; empty without a lock. */
  readonly imageDigests: ReadonlyMap<string, string>;
  readonly openclaw: OpenClawVersion;
  readonly config: ResolvedConfig;
  readonly gateway: ResolvedGateway;
  readonly workspaces: readonly ResolvedWorkspace[];
  readonly packs: ResolvedPacks;
  readonly skills: ResolvedSkills;
  readonly plugins: readonly ResolvedPlugin[];
  readonly runtimeDeps: ResolvedRuntimeDeps;
  readonly installation: ResolvedInstallation;
  readonly environment: { readonly env: readonly EnvVar[]; readonly envFrom: readonly EnvFromSource[] };
  readonly resources: ResolvedResources;
  readonly security: ResolvedSecurity;
  readonly networkPolicy: ResolvedNetworkPolicy;
  readonly rbac: ResolvedRbac;
  readonly caBundle: ResolvedCaBundle | null;
  readonly storage: ResolvedStorage;
  readonly service: ResolvedService;
  /** Null when none is wanted. */
  readonly ingress: ResolvedIngress | null;
  /** Null when none is wanted. */
  readonly httpRoute: ResolvedHttpRoute | null;
  readonly availability: ResolvedAvailability;
  /** Null when there is one gateway, as there should be. */
  readonly autoScaling: ResolvedAutoScaling | null;
  readonly probes: ResolvedProbes;
  readonly metrics: ResolvedMetrics;
  /** Null when the agent joins no tailnet. */
  readonly tailscale: ResolvedTailscale | null;
  /** Null when the spec asks for none. */
  readonly ollama: ResolvedOllama | null;
  /** Null when the spec asks for none. */
  readonly chromium: ResolvedChromium | null;
  readonly userContainers: ResolvedUserContainers;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly suspended: boolean;
  readonly webTerminal: ResolvedWebTerminal | null;
  readonly selfConfigure: ResolvedSelfConfigure | null;
  /** Optional kinds that the cluster is known not to know: their objects are left out. */
  readonly missingKinds: readonly OptionalKind[];
}

export interface ResolvedImage {
  /** Full reference, with digest when pinned, before the registry override. */
  readonly reference: string;
  readonly pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly pullSecrets: readonly string[];
  /** True for the project's own images, which bundle the metrics plugin, and false for their slim variants, which do not. */
  readonly isOfficial: boolean;
}

export interface ResolvedConfig {
  /** The user's configuration before enrichment; empty when none is given. */
  readonly base: JsonObject;
  /** `mounted`: read-only directory of the ConfigMap. `seeded`: written to the volume by prepare when the pod starts. */
  readonly delivery: 'mounted' | 'seeded';
  readonly mergeMode: 'overwrite' | 'merge';
  readonly forcePaths: readonly string[];
  /** `restart-only`: a change of what the running gateway takes over by itself starts no new pod. */
  readonly rollout: 'every-change' | 'restart-only';
  /** True when the effective configuration lets a proxy authenticate users: then no token may exist in environment or config. */
  readonly usesTrustedProxyAuth: boolean;
  /** True when `mcp.apps.enabled` is on in a version that has MCP Apps. */
  readonly exposesMcpApps: boolean;
  /** True when nothing in it says which models may be chosen, in a version where it can. */
  readonly leavesModelsOpen: boolean;
}

export interface ResolvedGateway {
  /** True when nginx stands in front and the gateway itself listens on loopback only. */
  readonly proxied: boolean;
  /** The port of the pod that users and probes reach. */
  readonly port: number;
  /** Secret that holds the token under the key `token`. */
  readonly tokenSecret: string;
  /** False when the user brings the Secret: then nothing is generated. */
  readonly generatesToken: boolean;
  /** Origins the Control UI accepts, sorted, without repeats. */
  readonly controlUiOrigins: readonly string[];
  /** Source ranges of Ingress controllers whose X-Forwarded-For is believed. */
  readonly ingressCidrs: readonly string[];
  /** The header that keeps browsers on HTTPS; null for none. */
  readonly strictTransportSecurity: string | null;
}

export interface ResolvedWorkspaceFile {
  /** Path below the workspace directory, `/` as separator. */
  readonly path: string;
  readonly text: string;
  /** True when `text` is base64, from `binaryData` of a ConfigMap. */
  readonly isBase64: boolean;
  /** `inline` files are seeded once and never restart a pod; a change in a referenced ConfigMap does. */
  readonly origin: 'inline' | 'referenced';
}

export interface ResolvedWorkspace {
  /** Null for the default workspace. */
  readonly name: string | null;
  readonly directories: readonly string[];
  readonly files: readonly ResolvedWorkspaceFile[];
  readonly bootstrap: boolean;
  /** True when the agent is told there how to ask for changes of its own instance. */
  readonly selfConfig: boolean;
}

export interface ResolvedResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

export interface ResolvedSecurity {
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly fsGroup: number;
  readonly fsGroupChangePolicy: 'OnRootMismatch' | 'Always';
  readonly runAsNonRoot: boolean;
  readonly shareProcessNamespace: boolean;
  /** What the user set for the main container only; undefined fields take the hardened value. */
  readonly main: {
    readonly allowPrivilegeEscalation: boolean;
    readonly readOnlyRootFilesystem: boolean;
    readonly capabilities: Capabilities | undefined;
    readonly runAsNonRoot: boolean | undefined;
    readonly runAsUser: number | undefined;
  };
}

export interface ResolvedNetworkPolicy {
  readonly enabled: boolean;
  readonly allowsDns: boolean;
  readonly ingressNamespaces: readonly string[];
  readonly ingressCidrs: readonly string[];
  readonly egressCidrs: readonly string[];
  readonly additionalEgress: readonly NetworkPolicyEgressRule[];
}

export interface ResolvedRbac {
  readonly createsServiceAccount: boolean;
  readonly serviceAccountName: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly additionalRules: readonly PolicyRule[];
}

export interface ResolvedCaBundle {
  readonly source: { readonly kind: 'ConfigMap' | 'Secret'; readonly name: string };
  readonly key: string;
}

export interface ResolvedStorage {
  readonly persistent: boolean;
  /** Claim that the pod mounts; empty when not persistent, and when each replica has one of its own. */
  readonly claimName: string;
  /** False when the user brings the claim: then size, class and access modes are not ours to say. */
  readonly rendersClaim: boolean;
  /** True when the StatefulSet makes a claim for each replica, which an autoscaler needs. */
  readonly perReplica: boolean;
  readonly size: string;
  /** Undefined leaves the choice to the cluster; an empty string means no class. */
  readonly storageClass: string | undefined;
  readonly accessModes: readonly string[];
  /** False when the user wants the claim deleted with its instance, once it is backed up. */
  readonly orphan: boolean;
}

export interface ResolvedServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

export interface ResolvedService {
  readonly type: 'ClusterIP' | 'LoadBalancer' | 'NodePort';
  readonly annotations: Readonly<Record<string, string>>;
  /** Ports that replace the gateway's; empty for the usual ones. */
  readonly customPorts: readonly ResolvedServicePort[];
}

export interface ResolvedAvailability {
  /** Null when no PodDisruptionBudget is wanted. */
  readonly maxUnavailable: number | null;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly affinity: Affinity | undefined;
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];
  readonly runtimeClassName: string | undefined;
}

export interface ResolvedProbe {
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

export interface ResolvedProbes {
  /** Null when the user switched that probe off. */
  readonly liveness: ResolvedProbe | null;
  readonly readiness: ResolvedProbe | null;
  readonly startup: ResolvedProbe | null;
  /** Readiness that also needs room on the volume; null when off. */
  readonly disk: { readonly path: string; readonly minFreeBytes: number } | null;
}

export interface ResolvedUserContainers {
  readonly sidecars: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly sidecarVolumes: readonly Volume[];
  readonly extraVolumes: readonly Volume[];
  readonly extraVolumeMounts: readonly VolumeMount[];
}
