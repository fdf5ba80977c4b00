/** Kubernetes object types, re-exported so that the rest of the code has one door to them. Types only: nothing is loaded at run time. */
export type {
  Affinity,
  Capabilities,
  ConfigMap,
  Container,
  ContainerPort,
  DownwardAPIProjection,
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  PersistentVolumeClaim,
  PodSecurityContext,
  PodSpec,
  Probe,
  Secret,
  SecurityContext,
  Service,
  ServiceAccount,
  Toleration,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
  VolumeProjection,
} from 'kubernetes-types/core/v1.d.ts';
export type { StatefulSet } from 'kubernetes-types/apps/v1.d.ts';
export type { Job } from 'kubernetes-types/batch/v1.d.ts';
export type {
  Ingress,
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
} from 'kubernetes-types/networking/v1.d.ts';
export type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.d.ts';
export type { PolicyRule, Role, RoleBinding } from 'kubernetes-types/rbac/v1.d.ts';
export type { ObjectMeta } from 'kubernetes-types/meta/v1.d.ts';

/** Any object we print, ours or passed through. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: { readonly [key: string]: string };
    readonly annotations?: { readonly [key: string]: string };
  };
}
