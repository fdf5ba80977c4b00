/**
 * The series that alerts and dashboards may read, by who makes them. OpenClaw's come from its plugin `diagnostics-otel`: name,
 * kind and unit are the plugin's, the series is what the collector makes of them. `npm run e2e:openclaw` sends each through
 * the real collector and asks the real Prometheus for the series.
 */

export interface Instrument {
  readonly name: string;
  readonly kind: 'counter' | 'histogram';
  readonly unit: '1' | 'ms';
  readonly attributes: readonly string[];
  readonly series: string;
}

export const OPENCLAW_INSTRUMENTS: readonly Instrument[] = [
  {
    name: 'openclaw.message.processed',
    kind: 'counter',
    unit: '1',
    attributes: ['openclaw.channel', 'openclaw.outcome'],
    series: 'openclaw_message_processed_total',
  },
  {
    name: 'openclaw.message.duration_ms',
    kind: 'histogram',
    unit: 'ms',
    attributes: ['openclaw.channel', 'openclaw.outcome'],
    series: 'openclaw_message_duration_ms_milliseconds_bucket',
  },
  {
    name: 'openclaw.tokens',
    kind: 'counter',
    unit: '1',
    attributes: ['openclaw.token', 'openclaw.channel', 'openclaw.provider', 'openclaw.model'],
    series: 'openclaw_tokens_total',
  },
  {
    name: 'openclaw.cost.usd',
    kind: 'counter',
    unit: '1',
    attributes: ['openclaw.channel', 'openclaw.provider', 'openclaw.model'],
    series: 'openclaw_cost_usd_total',
  },
  {
    name: 'openclaw.model_call.duration_ms',
    kind: 'histogram',
    unit: 'ms',
    attributes: ['openclaw.provider', 'openclaw.model', 'openclaw.api', 'openclaw.transport'],
    series: 'openclaw_model_call_duration_ms_milliseconds_bucket',
  },
  {
    name: 'openclaw.tool.execution.duration_ms',
    kind: 'histogram',
    unit: 'ms',
    attributes: ['gen_ai.tool.name', 'openclaw.toolName', 'openclaw.tool.source'],
    series: 'openclaw_tool_execution_duration_ms_milliseconds_bucket',
  },
  {
    name: 'openclaw.queue.wait_ms',
    kind: 'histogram',
    unit: 'ms',
    attributes: ['openclaw.lane'],
    series: 'openclaw_queue_wait_ms_milliseconds_bucket',
  },
  { name: 'openclaw.session.stuck', kind: 'counter', unit: '1', attributes: ['openclaw.state'], series: 'openclaw_session_stuck_total' },
  {
    name: 'openclaw.memory.pressure',
    kind: 'counter',
    unit: '1',
    attributes: ['openclaw.memory.level', 'openclaw.memory.reason'],
    series: 'openclaw_memory_pressure_total',
  },
];

/** Series of the cluster, by who makes them. */
export const CLUSTER_SERIES: Readonly<Record<string, readonly string[]>> = {
  'kube-state-metrics': [
    'kube_pod_container_info',
    'kube_pod_container_resource_limits',
    'kube_pod_container_resource_requests',
    'kube_pod_container_status_last_terminated_reason',
    'kube_pod_container_status_restarts_total',
    'kube_pod_init_container_status_last_terminated_reason',
    'kube_pod_init_container_status_restarts_total',
    'kube_pod_spec_volumes_persistentvolumeclaims_info',
    'kube_statefulset_replicas',
    'kube_statefulset_status_replicas_ready',
    'kube_statefulset_status_replicas_updated',
  ],
  kubelet: ['kubelet_volume_stats_capacity_bytes', 'kubelet_volume_stats_used_bytes'],
  cAdvisor: [
    'container_cpu_cfs_throttled_seconds_total',
    'container_cpu_usage_seconds_total',
    'container_memory_working_set_bytes',
    'container_network_receive_bytes_total',
    'container_network_transmit_bytes_total',
  ],
  'Argo CD': ['argocd_app_info', 'argocd_app_sync_total'],
  // By the configuration of kube-state-metrics that Flux documents.
  Flux: ['gotk_resource_info'],
  Prometheus: ['up'],
};
