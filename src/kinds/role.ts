import type { Role } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

export function roles(plan: Plan): Role[] {
  return plan.roles.map(({ item }) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: metadata(plan, item.name),
    rules: [...item.rules],
  }));
}
