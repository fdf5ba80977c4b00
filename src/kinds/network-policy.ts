import type { NetworkPolicy } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

/**
 * Both directions are always named, so that what no rule opens is closed. An empty list is left out: the API server drops it, and
 * each server-side apply would be a change.
 */
export function networkPolicies(plan: Plan): NetworkPolicy[] {
  return plan.networkPolicies.map(({ item }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(plan, item.name),
    spec: {
      ...(item.egress.length === 0 ? {} : { egress: [...item.egress] }),
      ...(item.ingress.length === 0 ? {} : { ingress: [...item.ingress] }),
      podSelector: { matchLabels: item.podLabels },
      policyTypes: ['Ingress', 'Egress'],
    },
  }));
}
