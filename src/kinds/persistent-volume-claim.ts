import { KEEP_ON_PRUNE } from '../kube/annotations.ts';
import { claimTemplateLabels } from '../kube/labels.ts';
import type { PersistentVolumeClaim } from '../kube/types.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

/** No engine ever deletes a claim: only an explicit act does, after a backup (P10). */
export function persistentVolumeClaims(plan: Plan): PersistentVolumeClaim[] {
  return plan.claims.map(({ item }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(plan, item.name, { ...KEEP_ON_PRUNE, ...item.annotations }),
    spec: {
      accessModes: [...item.accessModes],
      resources: { requests: { storage: item.size } },
      ...(item.storageClass === undefined ? {} : { storageClassName: item.storageClass }),
    },
  }));
}

/**
 * Templates of the claims that the StatefulSet makes. Nothing in one can ever change on a live StatefulSet, so that the labels are
 * exactly the operator's. Kind and mode are the API server's own defaults: left out, Argo CD sees a difference for ever.
 */
export function claimTemplates(plan: Plan): PersistentVolumeClaim[] {
  return plan.claimTemplates.map(({ item: { name, size, storageClass, accessModes } }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, labels: claimTemplateLabels(plan.name) },
    spec: {
      accessModes: [...accessModes],
      resources: { requests: { storage: size } },
      ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
      volumeMode: 'Filesystem',
    },
  }));
}
