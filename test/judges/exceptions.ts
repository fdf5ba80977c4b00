/** Golden cases whose user asks for what a predicate forbids; the list must be exact, so that none outlives its cause. */
import type { PredicateName } from './predicates.ts';

export interface Exception {
  readonly predicate: PredicateName;
  readonly reason: string;
  /** The cases, or the id of the rule that warns in each of them, or in each of them and in others. */
  readonly where: readonly string[] | { readonly warnedBy: string } | { readonly onlyWhereWarnedBy: string };
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    predicate: 'imageTagged',
    reason: "An agent's or a sidecar's tag may be latest until the lock pins it, and a missing lock is warned about.",
    where: { onlyWhereWarnedBy: 'lock-missing' },
  },
  { predicate: 'selectedByNetworkPolicy', reason: 'The user switches it off, and is warned.', where: { warnedBy: 'network-policy-off' } },
  { predicate: 'noCapabilityAdded', reason: 'The user adds one to the container of the agent.', where: ['security-contexts'] },
  {
    predicate: 'readOnlyRootFilesystem',
    reason: 'The user wants a writable one for the agent.',
    where: ['sample-full', 'security-contexts'],
  },
  { predicate: 'runsAsNonRoot', reason: 'The user allows root, and is warned.', where: { warnedBy: 'run-as-non-root-off' } },
  { predicate: 'agentHasLivenessProbe', reason: 'The user switches it off.', where: ['probes', 'probes-off'] },
  { predicate: 'agentHasReadinessProbe', reason: 'The user switches it off.', where: ['probes-off'] },
  { predicate: 'emptyDirsBounded', reason: "The volume is the user's own.", where: ['user-containers'] },
  {
    predicate: 'serviceInsideCluster',
    reason: 'The user asks for a load balancer or a port of the nodes.',
    where: ['load-balancer', 'node-port'],
  },
  { predicate: 'disruptionBudgetPresent', reason: 'The user switches it off.', where: ['pdb-off'] },
  { predicate: 'disruptionAllowed', reason: 'The user allows no disruption at all.', where: ['pdb-zero'] },
  { predicate: 'accountExists', reason: 'The user brings the account.', where: ['external-service-account'] },
  { predicate: 'noRightOverWorkloads', reason: 'The user gives the agent rights.', where: ['rbac-rules'] },
];
