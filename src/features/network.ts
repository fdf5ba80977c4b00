/** Who may reach the agent and what it may reach: its own namespace in; DNS and public HTTPS out; the rest as the user says. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { dnsEgress } from '../kube/dns-egress.ts';
import type { NetworkPolicyEgressRule, NetworkPolicyPeer } from '../kube/types.ts';
import type { Resolved } from '../resolve/resolved.ts';

/** "This" network, private, shared, loopback, link-local with the cloud's metadata, protocol, benchmark, multicast and reserved ranges. */
const CLOSED_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** Loopback, IPv4-mapped, unique-local (with the metadata service), link-local, multicast, and the private IPv4 ranges as NAT64 shows them. */
const CLOSED_IPV6 = [
  '::1/128',
  '::ffff:0:0/96',
  '64:ff9b::a00:0/104',
  '64:ff9b::6440:0/106',
  '64:ff9b::7f00:0/104',
  '64:ff9b::a9fe:0/112',
  '64:ff9b::ac10:0/108',
  '64:ff9b::c0a8:0/112',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/** Every range that public HTTPS leaves out. */
export const CLOSED_RANGES: readonly string[] = [...CLOSED_IPV4, ...CLOSED_IPV6];

function publicHttps(): NetworkPolicyEgressRule {
  return {
    to: [{ ipBlock: { cidr: '0.0.0.0/0', except: CLOSED_IPV4 } }, { ipBlock: { cidr: '::/0', except: CLOSED_IPV6 } }],
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

export const network: Feature = { id: 'network', reads: ['security.networkPolicy'], contribute };
