import { selectorLabels } from '../kube/labels.ts';
import type { Service } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

export function services(plan: Plan): Service[] {
  const { type, annotations } = plan.pod.service;
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata(plan, plan.name, annotations),
      spec: {
        // Printed so that an address that somebody adds is seen as drift.
        externalIPs: [],
        ports: plan.servicePorts.map(({ name, port, targetPort, protocol }) => ({ name, port, protocol, targetPort })),
        selector: selectorLabels(plan.name),
        sessionAffinity: 'None',
        type,
      },
    },
  ];
}
