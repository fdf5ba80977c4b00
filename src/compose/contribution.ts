/**
 * The seam: what one feature may add to an instance. Features fill slots, kinds read the merged plan, and the two never meet.
 * If a feature needs something that no slot can say, the slot is missing: add it here and state its law in `compose.ts`.
 */
import type { Annotations } from '../kube/annotations.ts';
import type { Labels } from '../kube/labels.ts';
import type { JsonObject } from '../lib/json.ts';
import type { PlannedPackage, PlannedPlugin, PlannedSkill } from '../lib/pod-plan.ts';
import type { FillSecretsPlan } from '../lib/pod-plan.ts';
import type {
  Container,
  ContainerPort,
  EnvVar,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  PolicyRule,
  Probe,
  SecurityContext,
  Volume,
  VolumeMount,
} from '../kube/types.ts';
import type { Resolved } from '../resolve/resolved.ts';

export interface Feature {
  /** Equals the file's name. */
  readonly id: string;
  /** What it adds, for the table in the README: no capital, no full stop. */
  readonly summary: string;
  /** Where in the user's spec the feature is steered, for `explain` and the docs. */
  readonly reads: readonly string[];
  /** Its items stand behind everybody else's, also behind what compose derives: the user's own containers and volumes. */
  readonly comesLast?: true;
  /** What the feature adds for this instance, or null when it is off. Pure. */
  readonly contribute: (resolved: Resolved) => Contribution | null;
}

export interface Contribution {
  readonly containers?: readonly PlannedContainer[];
  readonly initContainers?: readonly PlannedInitContainer[];
  readonly volumes?: readonly Volume[];
  /** Added to the agent's own container. */
  readonly main?: {
    readonly env?: readonly EnvVar[];
    readonly mounts?: readonly VolumeMount[];
    readonly ports?: readonly ContainerPort[];
    /** Directories in front of the image's PATH. */
    readonly path?: readonly string[];
    /** A readiness probe other than the plain HTTP one. */
    readonly readinessProbe?: Probe;
  };
  /** Keys of openclaw.json that the user's own configuration overrides. */
  readonly configPatch?: JsonObject;
  /** Source ranges whose forwarding headers the gateway believes; joined with the user's. */
  readonly trustedProxies?: readonly string[];
  /** Origins the Control UI accepts unless the user's configuration names its own. */
  readonly allowedOrigins?: readonly string[];
  readonly directories?: readonly DirectorySlot[];
  readonly links?: readonly LinkSlot[];
  readonly files?: readonly FileSlot[];
  readonly replaceSets?: readonly ReplaceSetSlot[];
  /** Sets the live configuration file up from the rendered one when the pod starts. */
  readonly seedsConfig?: SeededConfig;
  readonly skillsToInstall?: readonly PlannedSkill[];
  readonly packagesToInstall?: readonly PlannedPackage[];
  readonly pluginsToInstall?: readonly PlannedPlugin[];
  readonly secretsToFill?: readonly SecretToFill[];
  readonly proxyListeners?: readonly ProxyListener[];
  /** Request headers by which something inside the pod names a user: nginx passes none of them on. */
  readonly droppedHeaders?: readonly string[];
  readonly servicePorts?: readonly ServicePortSlot[];
  readonly ingressPeers?: readonly NetworkPolicyPeer[];
  readonly portPeers?: readonly PortPeer[];
  readonly egress?: readonly NetworkPolicyEgressRule[];
  /** API rights of the agent itself. */
  readonly rules?: readonly PolicyRule[];
  readonly configMaps?: readonly ConfigMapPlan[];
  readonly secrets?: readonly SecretPlan[];
  readonly claims?: readonly ClaimPlan[];
  /** Claims that the StatefulSet makes for each replica; each brings the pod a volume of its name. */
  readonly claimTemplates?: readonly ClaimTemplatePlan[];
  readonly serviceAccounts?: readonly ServiceAccountPlan[];
  readonly roles?: readonly RolePlan[];
  readonly networkPolicies?: readonly NetworkPolicyPlan[];
  readonly jobs?: readonly JobPlan[];
  /** Objects of kinds that only this feature knows. */
  readonly objects?: readonly OwnObject[];
}

/** A whole object of the instance; `kinds/` adds namespace and standard labels to its metadata. */
export interface OwnObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels; readonly annotations?: Annotations };
  readonly spec?: object;
}

export type TlsClient = 'node' | 'go';

export interface PlannedContainer {
  readonly container: Container;
  /** A user's container gets only the Pod Security fields that it leaves unset, and neither registry nor CA bundle. */
  readonly origin: 'own' | 'user';
  /** What differs from the hardened security context; a field that loosens it needs a relaxation. */
  readonly security?: SecurityContext;
  readonly relaxations?: readonly Relaxation[];
  /** What opens TLS connections in the container: each has its own way to be told of the CA bundle. */
  readonly tlsClient?: TlsClient;
}

export interface PlannedInitContainer extends PlannedContainer {
  /** Decides the order; registration order only breaks ties. `provision` is work that needs a running `sidecar`. */
  readonly phase: 'prepare' | 'install' | 'sidecar' | 'provision' | 'user';
}

/** A hardening default that a container gives up, and why. */
export interface Relaxation {
  readonly field: string;
  readonly reason: string;
}

/** A directory that prepare makes on a volume before anything mounts it by subPath. */
export interface DirectorySlot {
  readonly volume: string;
  /** Relative to the volume's root; empty for the root itself. */
  readonly path: string;
  /** Octal, e.g. `0700`. */
  readonly mode: string;
}

export interface LinkSlot {
  readonly volume: string;
  readonly path: string;
  readonly target: string;
}

/** A file that prepare seeds once from a ConfigMap volume. */
export interface FileSlot {
  readonly from: { readonly volume: string; readonly path: string };
  readonly to: { readonly volume: string; readonly path: string };
  readonly executable?: boolean;
  /** Dropped without a word when another file has the same target. */
  readonly yields?: boolean;
}

/**
 * Files below one directory that prepare places at every start and removes once they have left the plan; an empty set cleans up.
 * A file that is seeded too is left to its seed.
 */
export interface ReplaceSetSlot {
  readonly root: { readonly volume: string; readonly path: string };
  /** The file that remembers what was placed; one a set. */
  readonly record: { readonly volume: string; readonly path: string };
  readonly files: readonly {
    readonly from: { readonly volume: string; readonly path: string };
    /** Relative to the root. */
    readonly path: string;
    readonly executable?: boolean;
  }[];
}

export interface SeededConfig {
  readonly from: { readonly volume: string; readonly path: string };
  readonly to: { readonly volume: string; readonly path: string };
  readonly mode: 'merge' | 'overwrite';
  readonly forcePaths: readonly string[];
}

/** A Secret rendered without data that a Job fills, once; the pod plan says how. */
export type SecretToFill = FillSecretsPlan['secrets'][number];

/** A port of the pod that nginx forwards to a loopback port. */
export interface ProxyListener {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
}

export interface ServicePortSlot {
  readonly name: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  /** Dropped without a word when a port of the same name or number is there already. */
  readonly yields?: boolean;
}

/** Somebody who may reach one port of the pod, and no other. */
export interface PortPeer {
  readonly peer: NetworkPolicyPeer;
  readonly port: number;
}

export interface ConfigMapEntry {
  readonly text: string;
  /** True when `text` is base64 already and belongs into `binaryData`. */
  readonly isBase64?: boolean;
  /** `restart`: a change starts what mounts it anew. `next-start`: seeded once or read at start, a change can wait. `live`: its reader follows it. */
  readonly takesEffect: 'restart' | 'next-start' | 'live';
  /** Hashed in place of `text` where a running pod takes the rest over by itself. */
  readonly hashedText?: string;
}

export interface ConfigMapPlan {
  readonly name: string;
  /** Over the standard labels. */
  readonly labels?: Labels;
  readonly annotations?: Annotations;
  readonly entries: ReadonlyMap<string, ConfigMapEntry>;
}

export interface SecretPlan {
  readonly name: string;
}

export interface ClaimTemplatePlan {
  readonly name: string;
  readonly size: string;
  readonly storageClass: string | undefined;
  readonly accessModes: readonly string[];
}

export interface ClaimPlan extends ClaimTemplatePlan {
  readonly annotations: Annotations;
}

export interface ServiceAccountPlan {
  readonly name: string;
  readonly annotations: Annotations;
}

/** A Role with the RoleBinding of the same name. */
export interface RolePlan {
  readonly name: string;
  readonly serviceAccount: string;
  readonly rules: readonly PolicyRule[];
}

export interface NetworkPolicyPlan {
  readonly name: string;
  readonly podLabels: Labels;
  readonly ingress: readonly NetworkPolicyIngressRule[];
  readonly egress: readonly NetworkPolicyEgressRule[];
}

export interface JobPlan {
  /** Without the hash of the Job's content that the hash stage appends: a Job's template is immutable. */
  readonly name: string;
  readonly podLabels: Labels;
  readonly serviceAccount: string;
  readonly container: PlannedContainer;
  readonly volumes: readonly Volume[];
}
