/** The agent's NetworkPolicy: every Service port from the peers of the whole agent, single ports from theirs, and the egress. */
import { selectorLabels } from '../kube/labels.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import { itemsOf, type Part } from './parts.ts';
import { servicePorts } from './service-ports.ts';

export function agentNetworkPolicy(resolved: Resolved, parts: readonly Part[]): Contribution | null {
  if (!resolved.networkPolicy.enabled) return null;
  const seen = new Set<string>();
  const ports = servicePorts(parts).flatMap(({ targetPort, protocol }) => {
    const key = `${protocol}/${targetPort}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ port: targetPort, protocol }];
  });
  const ingress = [
    ...itemsOf(parts, (part) => part.ingressPeers).map((peer) => ({ from: [peer], ports })),
    ...itemsOf(parts, (part) => part.portPeers).map(({ peer, port }) => ({ from: [peer], ports: [{ port, protocol: 'TCP' as const }] })),
  ];
  return {
    networkPolicies: [
      { name: resolved.name, podLabels: selectorLabels(resolved.name), ingress, egress: itemsOf(parts, (part) => part.egress) },
    ],
  };
}
