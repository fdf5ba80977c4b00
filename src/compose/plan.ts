/** The merged plan: everything the kinds need to print an instance, with the owner of every item. */
import type { Volume } from '../kube/types.ts';
import type {
  ClaimPlan,
  ClaimTemplatePlan,
  ConfigMapPlan,
  JobPlan,
  NetworkPolicyPlan,
  OwnObject,
  PlannedContainer,
  PlannedInitContainer,
  RolePlan,
  SecretPlan,
  ServiceAccountPlan,
  ServicePortSlot,
} from './contribution.ts';
import type { Owned } from './parts.ts';
import type { PodSettings } from './pod-settings.ts';

/** All contributions joined; see `compose.ts` for the law of each slot. */
export interface Merged {
  readonly containers: readonly Owned<PlannedContainer>[];
  readonly initContainers: readonly Owned<PlannedInitContainer>[];
  readonly volumes: readonly Owned<Volume>[];
  readonly servicePorts: readonly ServicePortSlot[];
  readonly configMaps: readonly Owned<ConfigMapPlan>[];
  readonly secrets: readonly Owned<SecretPlan>[];
  readonly claims: readonly Owned<ClaimPlan>[];
  readonly claimTemplates: readonly Owned<ClaimTemplatePlan>[];
  readonly serviceAccounts: readonly Owned<ServiceAccountPlan>[];
  readonly roles: readonly Owned<RolePlan>[];
  readonly networkPolicies: readonly Owned<NetworkPolicyPlan>[];
  readonly jobs: readonly Owned<JobPlan>[];
  readonly objects: readonly Owned<OwnObject>[];
}

export interface Plan extends Merged {
  readonly name: string;
  readonly namespace: string;
  readonly pod: PodSettings;
}
