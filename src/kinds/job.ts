import type { Job } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';
import { podSpec } from './pod-spec.ts';

/** Plain Jobs: no hook, since hooks do not run on self-heal, and no time-to-live, since a Job that vanishes would be created again. */
export function jobs(plan: Plan): Job[] {
  return plan.jobs.map(({ item }) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadata(plan, item.name),
    spec: {
      backoffLimit: 10,
      completionMode: 'NonIndexed',
      completions: 1,
      parallelism: 1,
      suspend: false,
      template: {
        metadata: { labels: item.podLabels },
        spec: podSpec(plan.pod, {
          serviceAccount: item.serviceAccount,
          automountsToken: true,
          containers: [item.container.container],
          initContainers: [],
          volumes: item.volumes,
          restartPolicy: 'OnFailure',
          terminationGracePeriodSeconds: 30,
        }),
      },
    },
  }));
}
