/** The part of a pod that the agent's StatefulSet and the Jobs beside it share: scheduling, hardening, and API defaults written out. */
import type { Container, PodSpec, Volume } from '../kube/types.ts';
import type { PodSettings } from '../compose/pod-settings.ts';

export interface PodParts {
  readonly serviceAccount: string;
  /** True mounts the API token. */
  readonly automountsToken: boolean;
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly restartPolicy: 'Always' | 'OnFailure';
  readonly terminationGracePeriodSeconds: number;
}

/** Explicit falses and empty lists are there on purpose: what is printed, the GitOps engine puts back when somebody changes it. */
export function podSpec(settings: PodSettings, parts: PodParts): PodSpec {
  return {
    affinity: settings.affinity,
    automountServiceAccountToken: parts.automountsToken,
    containers: [...parts.containers],
    dnsPolicy: 'ClusterFirst',
    // The environment of every Service in the namespace is nothing an agent needs.
    enableServiceLinks: false,
    hostIPC: false,
    hostNetwork: false,
    hostPID: false,
    imagePullSecrets: settings.pullSecrets.length === 0 ? undefined : settings.pullSecrets.map((name) => ({ name })),
    initContainers: parts.initContainers.length === 0 ? undefined : [...parts.initContainers],
    nodeSelector: Object.keys(settings.nodeSelector).length === 0 ? undefined : settings.nodeSelector,
    restartPolicy: parts.restartPolicy,
    runtimeClassName: settings.runtimeClassName,
    schedulerName: 'default-scheduler',
    securityContext: settings.securityContext,
    serviceAccountName: parts.serviceAccount,
    shareProcessNamespace: settings.shareProcessNamespace,
    terminationGracePeriodSeconds: parts.terminationGracePeriodSeconds,
    tolerations: [...settings.tolerations],
    topologySpreadConstraints: settings.topologySpreadConstraints.length === 0 ? undefined : [...settings.topologySpreadConstraints],
    volumes: parts.volumes.map(volumeWithDefaults),
  };
}

/** ConfigMap and Secret volumes get the mode that the API server would write. */
function volumeWithDefaults(volume: Volume): Volume {
  if (volume.configMap !== undefined) return { ...volume, configMap: { defaultMode: 0o644, ...volume.configMap } };
  if (volume.secret !== undefined) return { ...volume, secret: { defaultMode: 0o644, ...volume.secret } };
  return volume;
}
