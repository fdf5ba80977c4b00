/** Fields of a pod that the runner acts on, or knowingly leaves to the cluster. Any other one is refused, so that none is skipped unseen. */
import type { Container, PodSpec } from '../../src/kube/types.ts';

const POD = words(`
  containers initContainers volumes securityContext terminationGracePeriodSeconds shareProcessNamespace
  affinity automountServiceAccountToken dnsPolicy enableServiceLinks hostIPC hostNetwork hostPID hostUsers imagePullSecrets nodeSelector
  priorityClassName restartPolicy runtimeClassName schedulerName serviceAccount serviceAccountName tolerations topologySpreadConstraints`);

// Limits on resources are not enforced.
const CONTAINER = words(`
  name image command args env envFrom ports workingDir securityContext volumeMounts startupProbe livenessProbe readinessProbe
  imagePullPolicy resources restartPolicy terminationMessagePath terminationMessagePolicy`);

export function refuseUnknownFields(pod: PodSpec): void {
  for (const key of Object.keys(pod)) if (!POD.has(key)) throw new Error(`the pod runner does not know the pod's field ${key}`);
  if (pod.shareProcessNamespace) throw new Error('the pod runner gives every container a process namespace of its own');
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) throw new Error('the pod runner knows no host namespaces');
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) refuseUnknownContainerFields(container);
}

function refuseUnknownContainerFields(container: Container): void {
  for (const key of Object.keys(container)) {
    if (!CONTAINER.has(key)) throw new Error(`container ${container.name}: the pod runner does not know its field ${key}`);
  }
  const { restartPolicy = 'Always' } = container;
  if (restartPolicy !== 'Always')
    throw new Error(`container ${container.name}: the pod runner does not know restartPolicy ${restartPolicy}`);
}

function words(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/));
}
