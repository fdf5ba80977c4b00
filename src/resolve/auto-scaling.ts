import type { Instance } from './instance.ts';

export interface ResolvedAutoScaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Percent of the requests. */
  readonly cpuUtilization: number;
  /** Null when memory does not count. */
  readonly memoryUtilization: number | null;
}

export const DEFAULT_REPLICAS = { min: 1, max: 5 } as const;

/** Null when the number of replicas is not left to an autoscaler. */
export function resolveAutoScaling({ spec }: Instance): ResolvedAutoScaling | null {
  const scaling = spec.availability?.autoScaling;
  if (scaling?.enabled !== true) return null;
  return {
    minReplicas: scaling.minReplicas ?? DEFAULT_REPLICAS.min,
    maxReplicas: scaling.maxReplicas ?? DEFAULT_REPLICAS.max,
    cpuUtilization: scaling.targetCPUUtilization ?? 80,
    memoryUtilization: scaling.targetMemoryUtilization ?? null,
  };
}
