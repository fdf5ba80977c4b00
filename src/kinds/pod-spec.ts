/** The part of a pod that the agent's StatefulSet and the Jobs beside it share: scheduling, hardening, and API defaults written out. */
import { podFieldWithDefaults } from '../kube/pod-fields.ts';
import type { Container, DownwardAPIProjection, PodSpec, Volume, VolumeProjection } from '../kube/types.ts';
import type { PodSettings } from '../compose/pod-settings.ts';

const DEFAULT_MODE = 0o644;
const DEFAULT_TOKEN_SECONDS = 3600;

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

/** Volumes of files get the modes, lifetimes and references that the API server would write. */
function volumeWithDefaults(volume: Volume): Volume {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap !== undefined) return { ...volume, configMap: { defaultMode: DEFAULT_MODE, ...configMap } };
  if (secret !== undefined) return { ...volume, secret: { defaultMode: DEFAULT_MODE, ...secret } };
  if (downwardAPI !== undefined) return { ...volume, downwardAPI: { defaultMode: DEFAULT_MODE, ...podFiles(downwardAPI) } };
  if (projected !== undefined)
    return { ...volume, projected: { defaultMode: DEFAULT_MODE, ...projected, sources: projected.sources?.map(projectionWithDefaults) } };
  return volume;
}

function projectionWithDefaults(projection: VolumeProjection): VolumeProjection {
  const { downwardAPI, serviceAccountToken } = projection;
  return {
    ...projection,
    ...(downwardAPI === undefined ? {} : { downwardAPI: podFiles(downwardAPI) }),
    ...(serviceAccountToken === undefined
      ? {}
      : { serviceAccountToken: { expirationSeconds: DEFAULT_TOKEN_SECONDS, ...serviceAccountToken } }),
  };
}

function podFiles<Source extends DownwardAPIProjection>(source: Source): Source {
  return source.items === undefined ? source : { ...source, items: source.items.map(podFieldWithDefaults) };
}
