import { canonicalQuantity } from '../lib/quantity.ts';
import type { Instance } from './instance.ts';
import type { ResolvedResources } from './resolved.ts';

interface Amounts {
  readonly cpu?: string;
  readonly memory?: string;
}

const AGENT: ResolvedResources = { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } };

/** Each of the four numbers defaults on its own; an empty string counts as unset. */
export function resourcesWithDefaults(
  { requests = {}, limits = {} }: { readonly requests?: Amounts; readonly limits?: Amounts },
  defaults: ResolvedResources,
): ResolvedResources {
  return {
    requests: {
      cpu: canonicalQuantity(requests.cpu || defaults.requests.cpu),
      memory: canonicalQuantity(requests.memory || defaults.requests.memory),
    },
    limits: {
      cpu: canonicalQuantity(limits.cpu || defaults.limits.cpu),
      memory: canonicalQuantity(limits.memory || defaults.limits.memory),
    },
  };
}

export function resolveResources(instance: Instance): ResolvedResources {
  return resourcesWithDefaults(instance.spec.resources ?? {}, AGENT);
}
