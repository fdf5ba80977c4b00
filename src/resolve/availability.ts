import type { Instance } from './instance.ts';
import type { ResolvedAvailability } from './resolved.ts';

export function resolveAvailability(instance: Instance): ResolvedAvailability {
  const availability = instance.spec.availability ?? {};
  const budget = availability.podDisruptionBudget ?? {};
  return {
    maxUnavailable: (budget.enabled ?? true) ? (budget.maxUnavailable ?? 1) : null,
    nodeSelector: availability.nodeSelector ?? {},
    tolerations: availability.tolerations ?? [],
    affinity: availability.affinity,
    topologySpreadConstraints: availability.topologySpreadConstraints ?? [],
    runtimeClassName: availability.runtimeClassName || undefined,
  };
}
