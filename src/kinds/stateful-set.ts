/** The agent's StatefulSet. Selector, serviceName and podManagementPolicy are the operator's and can never change on a live object. */
import { selectorLabels, standardLabels } from '../kube/labels.ts';
import type { StatefulSet } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';
import { claimTemplates } from './persistent-volume-claim.ts';
import { podSpec } from './pod-spec.ts';

export function statefulSets(plan: Plan): StatefulSet[] {
  const { pod } = plan;
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata(plan, plan.name),
      spec: {
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        // A pod that never gets ready must not block the fix that follows it.
        podManagementPolicy: 'Parallel',
        ...(pod.replicas === null ? {} : { replicas: pod.replicas }),
        revisionHistoryLimit: 10,
        selector: { matchLabels: selectorLabels(plan.name) },
        serviceName: plan.name,
        template: {
          metadata: {
            labels: standardLabels(plan.name),
            ...(Object.keys(pod.annotations).length === 0 ? {} : { annotations: pod.annotations }),
          },
          spec: podSpec(pod, {
            serviceAccount: pod.serviceAccount,
            automountsToken: false,
            containers: plan.containers.map(({ item }) => item.container),
            initContainers: plan.initContainers.map(({ item }) => item.container),
            volumes: plan.volumes.map(({ item }) => item),
            restartPolicy: 'Always',
            terminationGracePeriodSeconds: pod.terminationGracePeriodSeconds,
          }),
        },
        // The API server's own default: left out, a move from client-side to server-side apply takes it away once and counts a generation.
        updateStrategy: { rollingUpdate: { partition: 0 }, type: 'RollingUpdate' },
        ...(plan.claimTemplates.length === 0 ? {} : { volumeClaimTemplates: claimTemplates(plan) }),
      },
    },
  ];
}
