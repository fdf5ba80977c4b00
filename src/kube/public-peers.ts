import { CLOSED_IPV4, CLOSED_IPV6 } from './closed-ranges.ts';
import type { NetworkPolicyPeer } from './types.ts';

/** Every public address: what is left of both families without the closed ranges. */
export function publicPeers(): NetworkPolicyPeer[] {
  return [{ ipBlock: { cidr: '0.0.0.0/0', except: [...CLOSED_IPV4] } }, { ipBlock: { cidr: '::/0', except: [...CLOSED_IPV6] } }];
}
