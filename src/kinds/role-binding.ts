import type { RoleBinding } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

export function roleBindings(plan: Plan): RoleBinding[] {
  return plan.roles.map(({ item }) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: metadata(plan, item.name),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: item.name },
    subjects: [{ kind: 'ServiceAccount', name: item.serviceAccount, namespace: plan.namespace }],
  }));
}
