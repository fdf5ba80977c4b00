/** Every kind that is rendered from the plan. */
import type { KubeObject } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { configMaps } from './config-map.ts';
import { jobs } from './job.ts';
import { networkPolicies } from './network-policy.ts';
import { ownObjects } from './own-objects.ts';
import { persistentVolumeClaims } from './persistent-volume-claim.ts';
import { podDisruptionBudgets } from './pod-disruption-budget.ts';
import { roleBindings } from './role-binding.ts';
import { roles } from './role.ts';
import { secrets } from './secret.ts';
import { serviceAccounts } from './service-account.ts';
import { services } from './service.ts';
import { statefulSets } from './stateful-set.ts';

type Kind = (plan: Plan) => readonly object[];

const KINDS: readonly Kind[] = [
  serviceAccounts,
  roles,
  roleBindings,
  networkPolicies,
  secrets,
  configMaps,
  persistentVolumeClaims,
  podDisruptionBudgets,
  services,
  statefulSets,
  jobs,
  ownObjects,
];

/** The objects of one instance, without hashes and in no particular order. */
export function build(plan: Plan): KubeObject[] {
  return KINDS.flatMap((kind) => kind(plan)) as KubeObject[];
}
