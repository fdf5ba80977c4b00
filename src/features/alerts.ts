/**
 * What is worth an alert, as Prometheus rules. Each reads series that are there without an operator: of kube-state-metrics, of
 * kubelet and cAdvisor, of Argo CD or Flux, and OpenClaw's own under the names that the collector gives them. Names and
 * severities are the operator's where it has the alert.
 */
import type { Resolved } from '../resolve/resolved.ts';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'warning' | 'critical';
  readonly summary: string;
  /** What it means and what to look at first, for those without a runbook. */
  readonly description: string;
  /** True where the operator has an alert of this name, and so a runbook. */
  readonly isOperators: boolean;
}

export function alerts(resolved: Resolved): Alert[] {
  return [
    ...engineAlerts(resolved),
    ...podAlerts(resolved),
    ...volumeAlerts(resolved),
    ...rollbackAlerts(resolved),
    ...agentAlerts(resolved),
  ];
}

/** The agent's pods and no others: another instance may be called like this one with a suffix. */
function podsOf({ name, namespace }: Resolved): string {
  return `namespace="${namespace}",pod=~"${name}-[0-9]+"`;
}

/** Whether a counter rose, also from nothing: `increase` does not see the sample with which a series begins. */
function rose(counter: string, window: string): string {
  return `(increase(${counter}[${window}]) > 0 or ${counter} unless ${counter} offset ${window})`;
}

/** What the GitOps engine does in place of the operator's reconciliation. Its Application is found by where it deploys to. */
function engineAlerts({ name, namespace }: Resolved): Alert[] {
  const applications = `argocd_app_info{dest_namespace="${namespace}"`;
  const failedSyncs = rose('argocd_app_sync_total{phase=~"Error|Failed"}', '10m');
  const set = `namespace="${namespace}",statefulset="${name}"`;
  return [
    {
      alert: 'OpenClawReconcileErrors',
      expr: [
        `max by (name) (${applications},sync_status="Unknown"})`,
        `max by (name) (${failedSyncs} and on (name, project) ${applications},sync_status!="Synced"})`,
        `max by (name) (gotk_resource_info{customresource_kind="Kustomization",exported_namespace="${namespace}",ready="False"})`,
      ].join('\nor '),
      for: '5m',
      severity: 'warning',
      summary: `{{ $labels.name }} cannot bring the state in Git to namespace ${namespace}`,
      description:
        'Rendering or applying fails. Until it is mended, changes do not arrive and drift is not undone. The message is in the status of the Application or Kustomization.',
      isOperators: true,
    },
    {
      alert: 'OpenClawInstanceDegraded',
      expr: `kube_statefulset_status_replicas_ready{${set}} < kube_statefulset_replicas{${set}}`,
      for: '5m',
      severity: 'critical',
      summary: `Agent ${namespace}/${name} is not ready`,
      description: `Nobody can talk to the agent. Look at "kubectl describe pod ${name}-0" and at the log of the container that is not ready.`,
      isOperators: true,
    },
    {
      alert: 'OpenClawSlowReconciliation',
      expr: `kube_statefulset_status_replicas_updated{${set}} < kube_statefulset_replicas{${set}}`,
      // An agent may take 330 s to finish what it is doing before it stops.
      for: '10m',
      severity: 'warning',
      summary: `Agent ${namespace}/${name} still runs its former version`,
      description:
        'A change has been applied and the pod has not been replaced. It may be finishing a long turn, or the pod before it never became ready: then delete it.',
      isOperators: true,
    },
  ];
}

/** Sidecars count too, native ones as well: Chromium and Ollama run in such. */
function podAlerts(resolved: Resolved): Alert[] {
  const pods = podsOf(resolved);
  const restarts = (kind: string): string => `kube_pod_${kind}_status_restarts_total{${pods}}`;
  const outOfMemory = (kind: string): string =>
    `kube_pod_${kind}_status_last_terminated_reason{reason="OOMKilled",${pods}} == 1 and on (namespace, pod, container) increase(${restarts(kind)}[30m]) > 0`;
  const used = `max by (namespace, pod, container) (container_memory_working_set_bytes{${pods},container!="",container!="POD"})`;
  const limit = `max by (namespace, pod, container) (kube_pod_container_resource_limits{${pods},resource="memory"})`;
  const kinds = ['container', 'init_container'];
  return [
    {
      alert: 'OpenClawPodCrashLooping',
      expr: kinds.map((kind) => `increase(${restarts(kind)}[10m]) > 2`).join('\nor '),
      for: '0m',
      severity: 'critical',
      summary: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} keeps crashing',
      description: 'It was started anew more than twice within ten minutes. Look at its log with "kubectl logs --previous".',
      isOperators: true,
    },
    {
      alert: 'OpenClawPodOOMKilled',
      expr: kinds.map(outOfMemory).join('\nor '),
      for: '0m',
      severity: 'warning',
      summary: 'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} ran out of memory',
      description: 'It was killed at its memory limit within the last half hour. Raise the limit; the gateway needs 3 GiB.',
      isOperators: true,
    },
    {
      alert: 'OpenClawMemoryNearlyFull',
      expr: `${used} / ${limit} > 0.9`,
      for: '15m',
      severity: 'warning',
      summary:
        'Container {{ $labels.container }} of {{ $labels.namespace }}/{{ $labels.pod }} uses {{ $value | humanizePercentage }} of its memory',
      description: 'At its limit it is killed in the middle of what it is doing. Raise the limit before.',
      isOperators: false,
    },
  ];
}

/** An agent without a volume has no series to read. */
function volumeAlerts({ name, namespace, storage }: Resolved): Alert[] {
  if (!storage.persistent) return [];
  const names = [...(storage.perReplica ? [] : [storage.claimName.replaceAll('.', '[.]')]), `data-${name}-[0-9]+`];
  const claims = `namespace="${namespace}",persistentvolumeclaim=~"${names.join('|')}"`;
  return [
    {
      alert: 'OpenClawPVCNearlyFull',
      expr: `kubelet_volume_stats_used_bytes{${claims}} / kubelet_volume_stats_capacity_bytes{${claims}} > 0.80`,
      for: '5m',
      severity: 'warning',
      summary: 'Volume {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full',
      description: 'On a full volume the agent can save nothing. Enlarge the claim, or remove what the agent has gathered.',
      isOperators: true,
    },
  ];
}

function images(series: string): string {
  return `count by (namespace, image_spec) (${series})`;
}

/** A version that runs now, ran a day ago, and was another in between. */
function rollbackAlerts(resolved: Resolved): Alert[] {
  const running = `kube_pod_container_info{${podsOf(resolved)},container="openclaw"}`;
  return [
    {
      alert: 'OpenClawAutoUpdateRollback',
      expr: [
        images(running),
        `and on (namespace, image_spec) ${images(`${running} offset 1d`)}`,
        `and on (namespace) count by (namespace) (${images(`last_over_time(${running}[1d])`)}) > 1`,
      ].join('\n'),
      for: '0m',
      severity: 'warning',
      summary: `Agent ${resolved.namespace}/${resolved.name} went back to {{ $labels.image_spec }}`,
      description: 'A version was tried and taken back within the last day. The pull request that took it back says why.',
      isOperators: true,
    },
  ];
}

/** What OpenClaw says of itself, where it does. */
function agentAlerts(resolved: Resolved): Alert[] {
  const { metrics } = resolved;
  const pods = podsOf(resolved);
  const found: Alert[] = [];
  if (metrics.serviceMonitor !== null) {
    found.push({
      alert: 'OpenClawMetricsMissing',
      expr: `up{${pods},endpoint="${metrics.serviceMonitor.portName}"} == 0`,
      for: '10m',
      severity: 'warning',
      summary: 'Prometheus cannot collect the metrics of {{ $labels.namespace }}/{{ $labels.pod }}',
      description:
        "Is Prometheus' namespace among spec.security.networkPolicy.allowedIngressNamespaces, and does the container otel-collector run?",
      isOperators: false,
    });
  }
  if (!metrics.exports) return found;
  const failed = `sum by (namespace, pod) (increase(openclaw_message_processed_total{${pods},openclaw_outcome="error"}[30m]))`;
  const processed = `sum by (namespace, pod) (increase(openclaw_message_processed_total{${pods}}[30m]))`;
  return [
    ...found,
    {
      alert: 'OpenClawMessagesFailing',
      expr: `${failed} / ${processed} > 0.5 and ${failed} > 2`,
      for: '5m',
      severity: 'warning',
      summary: '{{ $labels.namespace }}/{{ $labels.pod }} fails at {{ $value | humanizePercentage }} of its messages',
      description:
        'Most often the model provider refuses: a key that expired, a limit that is reached. The log of the container openclaw says which.',
      isOperators: false,
    },
    {
      alert: 'OpenClawSessionsStuck',
      expr: `sum by (namespace, pod) (increase(openclaw_session_stuck_total{${pods}}[30m])) > 2`,
      for: '0m',
      severity: 'warning',
      summary: 'Sessions of {{ $labels.namespace }}/{{ $labels.pod }} are stuck',
      description: 'They count as busy and nothing happens in them. The gateway frees them by itself; if they come back, restart the pod.',
      isOperators: false,
    },
  ];
}
