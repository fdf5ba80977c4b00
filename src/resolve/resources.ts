import { canonicalQuantity } from '../lib/quantity.ts';
import type { Instance } from './instance.ts';
import type { ResolvedResources } from './resolved.ts';

/** Each of the four numbers defaults on its own; an empty string counts as unset. */
export function resolveResources(instance: Instance): ResolvedResources {
  const { requests = {}, limits = {} } = instance.spec.resources ?? {};
  return {
    requests: { cpu: canonicalQuantity(requests.cpu || '500m'), memory: canonicalQuantity(requests.memory || '1Gi') },
    limits: { cpu: canonicalQuantity(limits.cpu || '2'), memory: canonicalQuantity(limits.memory || '4Gi') },
  };
}
