import { KEEP_ON_PRUNE } from '../kube/annotations.ts';
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
