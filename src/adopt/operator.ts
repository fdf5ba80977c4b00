/** What the operator leaves in a cluster, and how it is told from what others made. */
import { groupOf, type LiveObject, type OwnerReference } from './live-object.ts';

export const OPERATOR_GROUP = 'openclaw.rocks';
export const OPERATOR_FINALIZER = 'openclaw.rocks/finalizer';

/** Owns what the secrets Job fills; whoever takes a generated Secret over has to be the same. */
export const SECRETS_MANAGER = 'openclaw-gitops-secrets';

/** The kinds of which the operator makes objects for an instance; those that a cluster does not serve, it has none of. */
export const OPERATOR_KINDS: readonly { readonly apiVersion: string; readonly kind: string }[] = [
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule' },
  { apiVersion: 'traefik.io/v1alpha1', kind: 'Middleware' },
  { apiVersion: 'openclaw.rocks/v1alpha1', kind: 'OpenClawSelfConfig' },
];

/** Kinds of which nothing is ever deleted here. */
export const KEPT_KINDS: readonly string[] = ['PersistentVolumeClaim', 'Secret'];

/** True for a reference to the custom resource of an instance, also of one that has been deleted since. */
export function isOfInstance({ apiVersion, kind, name }: OwnerReference, instance: string): boolean {
  return groupOf(apiVersion) === OPERATOR_GROUP && kind === 'OpenClawInstance' && name === instance;
}

export function isOwnedBy({ metadata }: LiveObject, instance: string): boolean {
  return (metadata.ownerReferences ?? []).some((reference) => isOfInstance(reference, instance));
}

/** True for what the operator has labelled as its own for the instance; jobs of backups have a label of their own. */
export function isLabelledBy({ metadata }: LiveObject, instance: string): boolean {
  const labels = metadata.labels ?? {};
  const isOfIt = labels['app.kubernetes.io/instance'] === instance || labels['openclaw.rocks/instance'] === instance;
  return labels['app.kubernetes.io/managed-by'] === 'openclaw-operator' && isOfIt;
}
