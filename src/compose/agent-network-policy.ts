/** The agent's NetworkPolicy: every contributed Service port from every contributed peer, and the contributed egress. */
import { selectorLabels } from '../kube/labels.ts';
import type { Resolved } from '../resolve/resolved.ts';
import type { Contribution } from './contribution.ts';
import type { Merged } from './plan.ts';

export function agentNetworkPolicy(resolved: Resolved, merged: Merged): Contribution | null {
  if (!resolved.networkPolicy.enabled) return null;
  const seen = new Set<string>();
  const ports = merged.servicePorts.flatMap(({ item: { targetPort, protocol } }) => {
    const key = `${protocol}/${targetPort}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ port: targetPort, protocol }];
  });
  const ingress = merged.ingressPeers.map((peer) => ({ from: [peer], ports }));
  return { networkPolicies: [{ name: resolved.name, podLabels: selectorLabels(resolved.name), ingress, egress: merged.egress }] };
}
