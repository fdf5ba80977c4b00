/** Who may reach the agent and what it may reach: its own namespace in; DNS and public HTTPS out; the rest as the user says. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { CLOSED_IPV4, CLOSED_IPV6 } from '../kube/closed-ranges.ts';
import { dnsEgress } from '../kube/dns-egress.ts';
import type { NetworkPolicyEgressRule, NetworkPolicyPeer } from '../kube/types.ts';
import type { Resolved } from '../resolve/resolved.ts';

function publicHttps(): NetworkPolicyEgressRule {
  return {
    to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [...CLOSED_IPV4] } }, { ipBlock: { cidr: '::/0', except: [...CLOSED_IPV6] } }],
    ports: [{ port: 443, protocol: 'TCP' }],
  };
}

function namespacePeer(namespace: string): NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

function contribute({ networkPolicy, namespace }: Resolved): Contribution {
  return {
    ingressPeers: [
      ...[namespace, ...networkPolicy.ingressNamespaces].map(namespacePeer),
      ...networkPolicy.ingressCidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ],
    egress: [
      ...(networkPolicy.allowsDns ? [dnsEgress()] : []),
      publicHttps(),
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
