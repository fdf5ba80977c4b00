/** Whether the agent's NetworkPolicy lets it reach an address that its configuration names. */
import { CLOSED_RANGES } from '../kube/closed-ranges.ts';
import { covers, parseCidr, type Cidr } from '../lib/cidr.ts';
import { addressBlock } from '../lib/ip-address.ts';
import type { NetworkPolicyEgressRule, NetworkPolicyPeer } from '../kube/types.ts';
import type { ResolvedNetworkPolicy } from '../resolve/resolved.ts';

export interface Endpoint {
  /** Lower case, without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The kind of a closed endpoint, for a message that does not show it. */
export type ClosedEndpoint = 'a private address' | 'a public address' | 'a name inside the cluster' | 'a public name';

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ws:': 80, 'wss:': 443 };
const INSIDE_SUFFIX = /\.(?:svc|local|internal|lan|home\.arpa)$/;
const closedBlocks = CLOSED_RANGES.flatMap((range) => parseCidr(range) ?? []);

/** Where a URL leads, or null for other text, a reference and the pod itself. */
export function endpointOf(text: string): Endpoint | null {
  if (!/^(?:https?|wss?):\/\//i.test(text) || text.includes('$')) return null;
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, port } = new URL(text);
  const host = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (host === '' || host === 'localhost' || host.endsWith('.localhost')) return null;
  if (host === '::1' || host === '0.0.0.0' || host === '::' || host.startsWith('127.')) return null;
  return { host, port: port === '' ? (PORTS[protocol] as number) : Number(port) };
}

/** True when the rule leads to the TCP port `wanted`. */
export function opensPort({ ports }: NetworkPolicyEgressRule, wanted: number): boolean {
  if (ports === undefined || ports.length === 0) return true;
  return ports.some(({ port, endPort, protocol }) => {
    if ((protocol ?? 'TCP') !== 'TCP') return false;
    // A named port may be any number.
    if (typeof port !== 'number') return true;
    return endPort === undefined ? port === wanted : wanted >= port && wanted <= endPort;
  });
}

/** True when `address` is in the peer's range and in none of its exceptions. */
export function opensAddress(peer: NetworkPolicyPeer, address: Cidr): boolean {
  const block = peer.ipBlock === undefined ? null : parseCidr(peer.ipBlock.cidr);
  if (block === null || !covers(block, address)) return false;
  return !(peer.ipBlock?.except ?? []).some((text) => {
    const except = parseCidr(text);
    return except !== null && covers(except, address);
  });
}

function isAddressOpen({ port }: Endpoint, address: Cidr, policy: ResolvedNetworkPolicy): boolean {
  if (port === 443 && !closedBlocks.some((closed) => covers(closed, address))) return true;
  const opened = policy.egressCidrs.some((text) => {
    const range = parseCidr(text);
    return range !== null && covers(range, address);
  });
  if (opened) return true;
  return policy.additionalEgress.some(
    (rule) =>
      opensPort(rule, port) && (rule.to === undefined || rule.to.length === 0 || rule.to.some((peer) => opensAddress(peer, address))),
  );
}

/** A Service's port is not its pods', and policies judge pods: any rule that leads to pods may be the one. */
function isInsideOpen(policy: ResolvedNetworkPolicy): boolean {
  return policy.egressCidrs.length > 0 || policy.additionalEgress.length > 0;
}

function isNameOpen({ port }: Endpoint, policy: ResolvedNetworkPolicy): boolean {
  if (port === 443 || policy.egressCidrs.length > 0) return true;
  return policy.additionalEgress.some((rule) => opensPort(rule, port));
}

/** What kind of endpoint the policy keeps closed, or null when it is open as far as the input can tell. */
export function closedEndpoint(endpoint: Endpoint, policy: ResolvedNetworkPolicy): ClosedEndpoint | null {
  if (!policy.enabled) return null;
  const { host } = endpoint;
  const address = addressBlock(host);
  if (address !== null) {
    if (isAddressOpen(endpoint, address, policy)) return null;
    return closedBlocks.some((closed) => covers(closed, address)) ? 'a private address' : 'a public address';
  }
  if (!host.includes('.') || INSIDE_SUFFIX.test(host)) return isInsideOpen(policy) ? null : 'a name inside the cluster';
  return isNameOpen(endpoint, policy) ? null : 'a public name';
}
