/** The agent's ServiceAccount, and a Role only when something asks for API rights: by default the agent cannot reach the API at all. */
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import type { Merged } from './plan.ts';

export function agentAccess(resolved: Resolved, merged: Merged): Contribution | null {
  const { rbac, name } = resolved;
  if (!rbac.createsServiceAccount) return null;
  return {
    serviceAccounts: [{ name: rbac.serviceAccountName, annotations: rbac.annotations }],
    roles: merged.rules.length === 0 ? [] : [{ name, serviceAccount: rbac.serviceAccountName, rules: merged.rules }],
  };
}
