/** API rights that the user gives the agent's ServiceAccount beyond what features need. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ rbac }: Resolved): Contribution | null {
  return rbac.additionalRules.length === 0 ? null : { rules: rbac.additionalRules };
}

export const access: Feature = { id: 'access', reads: ['security.rbac'], contribute };
