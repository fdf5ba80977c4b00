import { dataClaimName } from '../kube/names.ts';
import { canonicalQuantity } from '../lib/quantity.ts';
import { resolveAutoScaling } from './auto-scaling.ts';
import type { Instance } from './instance.ts';
import type { ResolvedStorage } from './resolved.ts';

export function resolveStorage(instance: Instance): ResolvedStorage {
  const persistence = instance.spec.storage?.persistence ?? {};
  const persistent = persistence.enabled ?? true;
  const perReplica = persistent && resolveAutoScaling(instance) !== null;
  const existingClaim = perReplica ? '' : (persistence.existingClaim ?? '');
  const accessModes = persistence.accessModes ?? [];
  return {
    persistent,
    claimName: persistent && !perReplica ? existingClaim || dataClaimName(instance.name) : '',
    rendersClaim: persistent && existingClaim === '',
    perReplica,
    size: canonicalQuantity(persistence.size || '10Gi'),
    storageClass: persistence.storageClass,
    accessModes: accessModes.length > 0 ? accessModes : ['ReadWriteOnce'],
    orphan: persistence.orphan ?? true,
  };
}
