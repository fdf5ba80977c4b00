import { quantityBytes } from '../lib/quantity.ts';
import { STATE_PATH } from '../kube/paths.ts';
import type { Instance, Spec } from './instance.ts';
import type { ResolvedProbe, ResolvedProbes } from './resolved.ts';

type ProbeSpec = NonNullable<NonNullable<Spec['probes']>['liveness']>;

const LIVENESS: ResolvedProbe = { initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 };
const READINESS: ResolvedProbe = { initialDelaySeconds: 5, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 3 };
/** 60 tries of 5 s: a migration after an update may take minutes. */
const STARTUP: ResolvedProbe = { initialDelaySeconds: 5, periodSeconds: 5, timeoutSeconds: 3, failureThreshold: 60 };

const DEFAULT_MIN_FREE = '64Mi';

/** A zero means Kubernetes' own default, except for the initial delay, where zero is a choice. */
function probe(spec: ProbeSpec | undefined, defaults: ResolvedProbe): ResolvedProbe | null {
  if (spec?.enabled === false) return null;
  return {
    initialDelaySeconds: spec?.initialDelaySeconds ?? defaults.initialDelaySeconds,
    periodSeconds: (spec?.periodSeconds ?? defaults.periodSeconds) || 10,
    timeoutSeconds: (spec?.timeoutSeconds ?? defaults.timeoutSeconds) || 1,
    failureThreshold: (spec?.failureThreshold ?? defaults.failureThreshold) || 3,
  };
}

export function resolveProbes(instance: Instance): ResolvedProbes {
  const probes = instance.spec.probes ?? {};
  const disk = probes.diskReadiness;
  return {
    liveness: probe(probes.liveness, LIVENESS),
    readiness: probe(probes.readiness, READINESS),
    startup: probe(probes.startup, STARTUP),
    disk:
      disk?.enabled === true
        ? { path: disk.path || STATE_PATH, minFreeBytes: Number(quantityBytes(disk.minFree || DEFAULT_MIN_FREE) ?? 0n) }
        : null,
  };
}
