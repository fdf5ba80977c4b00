import type { NetworkPolicyEgressRule } from './types.ts';

/** DNS to any resolver: 53 as the Service has it, 5353 as OpenShift's pods have it (some networks judge after DNAT). */
export function dnsEgress(): NetworkPolicyEgressRule {
  return {
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
      { port: 5353, protocol: 'UDP' },
      { port: 5353, protocol: 'TCP' },
    ],
  };
}
