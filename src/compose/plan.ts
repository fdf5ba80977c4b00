/** The merged plan: everything the kinds need to print an instance, with the owner of every item. */
import type { JsonObject } from '../lib/json.ts';
import type { EnvVar, KubeObject, NetworkPolicyEgressRule, NetworkPolicyPeer, PolicyRule, Volume } from '../kube/types.ts';
import type {
  ClaimPlan,
  ConfigMapPlan,
  DirectorySlot,
  FileSlot,
  JobPlan,
  LinkSlot,
  NetworkPolicyPlan,
  PlannedContainer,
  PlannedInitContainer,
  ProxyListener,
  RolePlan,
  SecretPlan,
  SecretToFill,
  SeededConfig,
  ServiceAccountPlan,
  ServicePortSlot,
} from './contribution.ts';
import type { PodSettings } from './pod-settings.ts';

/** An item and the feature, or the stage of compose, that planned it. */
export type Owned<T> = { readonly owner: string; readonly item: T };

/** All contributions joined; see `compose.ts` for the law of each slot. */
export interface Merged {
  readonly containers: readonly Owned<PlannedContainer>[];
  readonly initContainers: readonly Owned<PlannedInitContainer>[];
  readonly volumes: readonly Owned<Volume>[];
  readonly configPatch: JsonObject;
  readonly trustedProxies: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly directories: readonly Owned<DirectorySlot>[];
  readonly links: readonly Owned<LinkSlot>[];
  readonly files: readonly Owned<FileSlot>[];
  readonly seedsConfig: SeededConfig | null;
  readonly secretsToFill: readonly Owned<SecretToFill>[];
  readonly proxyListeners: readonly Owned<ProxyListener>[];
  readonly servicePorts: readonly Owned<ServicePortSlot>[];
  readonly ingressPeers: readonly NetworkPolicyPeer[];
  readonly egress: readonly NetworkPolicyEgressRule[];
  readonly rules: readonly PolicyRule[];
  readonly configMaps: readonly Owned<ConfigMapPlan>[];
  readonly secrets: readonly Owned<SecretPlan>[];
  readonly claims: readonly Owned<ClaimPlan>[];
  readonly serviceAccounts: readonly Owned<ServiceAccountPlan>[];
  readonly roles: readonly Owned<RolePlan>[];
  readonly networkPolicies: readonly Owned<NetworkPolicyPlan>[];
  readonly jobs: readonly Owned<JobPlan>[];
  readonly objects: readonly Owned<KubeObject>[];
}

export interface Plan extends Merged {
  readonly name: string;
  readonly namespace: string;
  readonly pod: PodSettings;
}

export type { EnvVar };
