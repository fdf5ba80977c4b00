/** What of a pod belongs to no container: taken from `Resolved` once, used by the agent's pod and the Jobs beside it. */
import type { Annotations } from '../kube/annotations.ts';
import type { Affinity, PodSecurityContext, Toleration, TopologySpreadConstraint } from '../kube/types.ts';
import { TERMINATION_GRACE_SECONDS } from '../resolve/termination-grace.ts';
import type { Resolved, ResolvedService } from '../resolve/resolved.ts';

export interface PodSettings {
  /** Null when an autoscaler sets it: a number here would undo its work at every sync. */
  readonly replicas: 0 | 1 | null;
  readonly annotations: Annotations;
  readonly serviceAccount: string;
  readonly pullSecrets: readonly string[];
  readonly securityContext: PodSecurityContext;
  readonly shareProcessNamespace: boolean;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly affinity: Affinity | undefined;
  readonly topologySpreadConstraints: readonly TopologySpreadConstraint[];
  readonly runtimeClassName: string | undefined;
  /** A busy gateway drains its turns for up to 315 s; an idle one leaves in 2 s. */
  readonly terminationGracePeriodSeconds: number;
  readonly service: Pick<ResolvedService, 'type' | 'annotations'>;
  readonly maxUnavailable: number | null;
}

export function podSettings(resolved: Resolved): PodSettings {
  const { security, availability } = resolved;
  return {
    replicas: resolved.suspended ? 0 : resolved.autoScaling === null ? 1 : null,
    annotations: resolved.podAnnotations,
    serviceAccount: resolved.rbac.serviceAccountName,
    pullSecrets: resolved.image.pullSecrets,
    securityContext: {
      fsGroup: security.fsGroup,
      fsGroupChangePolicy: security.fsGroupChangePolicy,
      runAsGroup: security.runAsGroup,
      runAsNonRoot: security.runAsNonRoot,
      runAsUser: security.runAsUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    shareProcessNamespace: security.shareProcessNamespace,
    nodeSelector: availability.nodeSelector,
    tolerations: availability.tolerations,
    affinity: availability.affinity,
    topologySpreadConstraints: availability.topologySpreadConstraints,
    runtimeClassName: availability.runtimeClassName,
    terminationGracePeriodSeconds: TERMINATION_GRACE_SECONDS,
    service: resolved.service,
    maxUnavailable: availability.maxUnavailable,
  };
}
