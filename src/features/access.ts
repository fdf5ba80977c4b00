/** API rights that the user gives the agent's ServiceAccount beyond what features need. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ rbac }: Resolved): Contribution | null {
  return rbac.additionalRules.length === 0 ? null : { rules: rbac.additionalRules };
}

export const access: Feature = {
  id: 'access',
  summary: "the agent's ServiceAccount, and a Role only for API rights that the user or a feature asks for",
  reads: ['security.rbac'],
  contribute,
};
