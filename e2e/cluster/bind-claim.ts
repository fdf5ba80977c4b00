import { setTimeout as sleep } from 'node:timers/promises';
import type { PersistentVolumeClaim } from '../../src/kube/types.ts';
import type { ApiObject } from './api-client.ts';
import type { Cluster } from './cluster.ts';

const BOUND_TIMEOUT_SECONDS = 30;

/** Makes a claim a bound one, since only those can grow: by a volume made for it, and by the binder's own words where there is none. */
export async function bindClaim({ client, hasControllers }: Cluster, claim: ApiObject): Promise<void> {
  const { name, namespace } = claim.metadata;
  const { spec } = claim as ApiObject & { readonly spec: NonNullable<PersistentVolumeClaim['spec']> };
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: `openclaw-gitops-e2e-${namespace}` },
    spec: {
      accessModes: spec.accessModes,
      capacity: spec.resources?.requests,
      claimRef: { name, namespace },
      hostPath: { path: '/nowhere' },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: spec.storageClassName,
    },
  } as ApiObject;
  const { message, status } = await client.create(volume);
  if (status !== 201) throw new Error(`volume for ${name}: ${status} ${message}`);
  if (!hasControllers) {
    const bound = { phase: 'Bound', accessModes: spec.accessModes, capacity: spec.resources?.requests };
    await client.send('PATCH', `${await client.path(claim)}/status`, { status: bound }, 'application/merge-patch+json');
  }
  const deadline = performance.now() + BOUND_TIMEOUT_SECONDS * 1000;
  while (!(await isBound())) {
    if (performance.now() > deadline) throw new Error(`the claim ${name} is not bound`);
    await sleep(100);
  }
  await client.remove(volume);

  async function isBound(): Promise<boolean> {
    const { body } = await client.get(claim);
    return (body as PersistentVolumeClaim).status?.phase === 'Bound';
  }
}
