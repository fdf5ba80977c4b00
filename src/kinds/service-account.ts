import type { ServiceAccount } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

/** Accounts never mount their token by themselves; a pod that needs the API says so. */
export function serviceAccounts(plan: Plan): ServiceAccount[] {
  return plan.serviceAccounts.map(({ item }) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    automountServiceAccountToken: false,
    metadata: metadata(plan, item.name, item.annotations),
  }));
}
