import type { Container, Volume } from '../kube/types.ts';
import type { Instance } from './instance.ts';
import type { ResolvedUserContainers } from './resolved.ts';

/** The schema has checked these against the same Kubernetes types. */
export function resolveUserContainers(instance: Instance): ResolvedUserContainers {
  const { sidecars, initContainers, sidecarVolumes, extraVolumes, extraVolumeMounts } = instance.spec;
  return {
    sidecars: (sidecars ?? []) as readonly Container[],
    initContainers: (initContainers ?? []) as readonly Container[],
    sidecarVolumes: (sidecarVolumes ?? []) as readonly Volume[],
    extraVolumes: (extraVolumes ?? []) as readonly Volume[],
    extraVolumeMounts: extraVolumeMounts ?? [],
  };
}
