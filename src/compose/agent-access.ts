/** The agent's ServiceAccount, and a Role only when something asks for API rights: by default the agent cannot reach the API at all. */
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import { itemsOf, type Part } from './parts.ts';

export function agentAccess(resolved: Resolved, parts: readonly Part[]): Contribution | null {
  const { rbac, name } = resolved;
  if (!rbac.createsServiceAccount) return null;
  const rules = itemsOf(parts, (part) => part.rules);
  return {
    serviceAccounts: [{ name: rbac.serviceAccountName, annotations: rbac.annotations }],
    roles: rules.length === 0 ? [] : [{ name, serviceAccount: rbac.serviceAccountName, rules }],
  };
}
