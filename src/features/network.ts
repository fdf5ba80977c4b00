/** Who may reach the agent and what it may reach: its own namespace in; DNS and public HTTPS out; the rest as the user says. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { dnsEgress } from '../kube/dns-egress.ts';
import { namespacePeer } from '../kube/namespace-peer.ts';
import { publicPeers } from '../kube/public-peers.ts';
import type { Resolved } from '../resolve/resolved.ts';

function contribute({ networkPolicy, namespace }: Resolved): Contribution {
  return {
    ingressPeers: [
      ...[namespace, ...networkPolicy.ingressNamespaces].map(namespacePeer),
      ...networkPolicy.ingressCidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ],
    egress: [
      ...(networkPolicy.allowsDns ? [dnsEgress()] : []),
      { to: publicPeers(), ports: [{ port: 443, protocol: 'TCP' }] },
      ...networkPolicy.egressCidrs.map((cidr) => ({ to: [{ ipBlock: { cidr } }] })),
      ...networkPolicy.additionalEgress,
    ],
  };
}

export const network: Feature = {
  id: 'network',
  summary: 'DNS and public HTTPS out, the own namespace in, the rest as the user says',
  reads: ['security.networkPolicy'],
  contribute,
};
