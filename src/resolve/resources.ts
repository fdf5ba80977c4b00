import type { Instance } from './instance.ts';
import type { ResolvedResources } from './resolved.ts';

/** Each of the four numbers defaults on its own; an empty string counts as unset. */
export function resolveResources(instance: Instance): ResolvedResources {
  const { requests = {}, limits = {} } = instance.spec.resources ?? {};
  return {
    requests: { cpu: requests.cpu || '500m', memory: requests.memory || '1Gi' },
    limits: { cpu: limits.cpu || '2', memory: limits.memory || '4Gi' },
  };
}
