/** What happens in the cluster, and which alert speaks: for `promtool test rules`. The agent is bot in the namespace agents. */

export interface Scenario {
  readonly title: string;
  readonly alert: string;
  /** Samples a minute by series, as promtool writes them. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: string;
  /** Labels beside name and severity, with the summary; null for silence. */
  readonly speaks: { readonly labels: Readonly<Record<string, string>>; readonly summary: string } | null;
}

const APP = 'name="bots",namespace="argocd",project="default"';
const POD = 'namespace="agents",pod="bot-0"';
const SET = 'namespace="agents",statefulset="bot"';
const CLAIM = 'namespace="agents",persistentvolumeclaim';
const NEIGHBOUR = 'namespace="agents",pod="bot-two-0"';
const BOT = { namespace: 'agents', pod: 'bot-0' };
const IN_SET = { namespace: 'agents', statefulset: 'bot' };

const app = (namespace: string, status: string): string => `argocd_app_info{${APP},dest_namespace="${namespace}",sync_status="${status}"}`;
const cannotBring = (name: string): string => `${name} cannot bring the state in Git to namespace agents`;
const info = (image: string): string => `kube_pod_container_info{${POD},container="openclaw",image_spec="${image}"}`;

const ENGINE: readonly Scenario[] = [
  {
    title: 'Argo CD cannot render',
    alert: 'OpenClawReconcileErrors',
    series: { [app('agents', 'Unknown')]: '1x10' },
    at: '6m',
    speaks: { labels: { name: 'bots' }, summary: cannotBring('bots') },
  },
  { title: 'all is well', alert: 'OpenClawReconcileErrors', series: { [app('agents', 'Synced')]: '1x10' }, at: '6m', speaks: null },
  {
    title: "another namespace's trouble",
    alert: 'OpenClawReconcileErrors',
    series: { [app('other', 'Unknown')]: '1x10' },
    at: '6m',
    speaks: null,
  },
  {
    title: 'the first sync fails, so that its counter begins with one',
    alert: 'OpenClawReconcileErrors',
    series: { [app('agents', 'OutOfSync')]: '1x20', [`argocd_app_sync_total{${APP},phase="Failed"}`]: '_x3 1x20' },
    at: '10m',
    speaks: { labels: { name: 'bots' }, summary: cannotBring('bots') },
  },
  {
    title: 'a later sync fails',
    alert: 'OpenClawReconcileErrors',
    series: { [app('agents', 'OutOfSync')]: '1x60', [`argocd_app_sync_total{${APP},phase="Error"}`]: '1x30 2x30' },
    at: '38m',
    speaks: { labels: { name: 'bots' }, summary: cannotBring('bots') },
  },
  {
    title: 'a sync failed long ago, and somebody has not synced since',
    alert: 'OpenClawReconcileErrors',
    series: { [app('agents', 'OutOfSync')]: '1x60', [`argocd_app_sync_total{${APP},phase="Failed"}`]: '3x60' },
    at: '30m',
    speaks: null,
  },
  {
    title: 'a sync failed and the next one did not',
    alert: 'OpenClawReconcileErrors',
    series: { [app('agents', 'Synced')]: '1x60', [`argocd_app_sync_total{${APP},phase="Failed"}`]: '1x30 2x30' },
    at: '38m',
    speaks: null,
  },
  {
    title: 'Flux cannot apply',
    alert: 'OpenClawReconcileErrors',
    series: { 'gotk_resource_info{customresource_kind="Kustomization",exported_namespace="agents",name="bots",ready="False"}': '1x10' },
    at: '6m',
    speaks: { labels: { name: 'bots' }, summary: cannotBring('bots') },
  },
  {
    title: 'the pod is not ready',
    alert: 'OpenClawInstanceDegraded',
    series: { [`kube_statefulset_replicas{${SET}}`]: '1x10', [`kube_statefulset_status_replicas_ready{${SET}}`]: '0x10' },
    at: '6m',
    speaks: { labels: IN_SET, summary: 'Agent agents/bot is not ready' },
  },
  {
    title: 'the pod is starting',
    alert: 'OpenClawInstanceDegraded',
    series: { [`kube_statefulset_replicas{${SET}}`]: '1x10', [`kube_statefulset_status_replicas_ready{${SET}}`]: '0x3 1x10' },
    at: '6m',
    speaks: null,
  },
  {
    title: 'the agent is suspended',
    alert: 'OpenClawInstanceDegraded',
    series: { [`kube_statefulset_replicas{${SET}}`]: '0x10', [`kube_statefulset_status_replicas_ready{${SET}}`]: '0x10' },
    at: '6m',
    speaks: null,
  },
  {
    title: 'a change does not reach the pod',
    alert: 'OpenClawSlowReconciliation',
    series: { [`kube_statefulset_replicas{${SET}}`]: '1x20', [`kube_statefulset_status_replicas_updated{${SET}}`]: '0x20' },
    at: '11m',
    speaks: { labels: IN_SET, summary: 'Agent agents/bot still runs its former version' },
  },
  {
    title: 'the pod finishes a long turn first',
    alert: 'OpenClawSlowReconciliation',
    series: { [`kube_statefulset_replicas{${SET}}`]: '1x20', [`kube_statefulset_status_replicas_updated{${SET}}`]: '0x6 1x20' },
    at: '11m',
    speaks: null,
  },
];

const crashing = (container: string): Scenario['speaks'] => ({
  labels: { ...BOT, container },
  summary: `Container ${container} of agents/bot-0 keeps crashing`,
});

const PODS: readonly Scenario[] = [
  {
    title: 'the proxy crashes again and again',
    alert: 'OpenClawPodCrashLooping',
    series: { [`kube_pod_container_status_restarts_total{${POD},container="gateway-proxy"}`]: '0+1x10' },
    at: '8m',
    speaks: crashing('gateway-proxy'),
  },
  {
    title: 'the browser, a native sidecar, crashes again and again',
    alert: 'OpenClawPodCrashLooping',
    series: { [`kube_pod_init_container_status_restarts_total{${POD},container="chromium"}`]: '0+1x10' },
    at: '8m',
    speaks: crashing('chromium'),
  },
  {
    title: 'two restarts are none too many',
    alert: 'OpenClawPodCrashLooping',
    series: { [`kube_pod_container_status_restarts_total{${POD},container="openclaw"}`]: '0x10 1x3 2x20' },
    at: '18m',
    speaks: null,
  },
  {
    title: "another instance's pod",
    alert: 'OpenClawPodCrashLooping',
    series: { [`kube_pod_container_status_restarts_total{${NEIGHBOUR},container="openclaw"}`]: '0+1x10' },
    at: '8m',
    speaks: null,
  },
  {
    title: 'killed for want of memory',
    alert: 'OpenClawPodOOMKilled',
    series: {
      [`kube_pod_container_status_last_terminated_reason{${POD},container="openclaw",reason="OOMKilled"}`]: '_x5 1x90',
      [`kube_pod_container_status_restarts_total{${POD},container="openclaw"}`]: '0x5 1x90',
    },
    at: '8m',
    speaks: {
      labels: { ...BOT, container: 'openclaw', reason: 'OOMKilled' },
      summary: 'Container openclaw of agents/bot-0 ran out of memory',
    },
  },
  {
    title: 'killed for want of memory long ago',
    alert: 'OpenClawPodOOMKilled',
    series: {
      [`kube_pod_container_status_last_terminated_reason{${POD},container="openclaw",reason="OOMKilled"}`]: '_x5 1x90',
      [`kube_pod_container_status_restarts_total{${POD},container="openclaw"}`]: '0x5 1x90',
    },
    at: '60m',
    speaks: null,
  },
  {
    title: 'memory is short',
    alert: 'OpenClawMemoryNearlyFull',
    series: {
      [`container_memory_working_set_bytes{${POD},container="openclaw"}`]: '95x30',
      [`container_memory_working_set_bytes{${POD},container=""}`]: '200x30',
      [`kube_pod_container_resource_limits{${POD},container="openclaw",resource="memory"}`]: '100x30',
      [`kube_pod_container_resource_limits{${POD},container="openclaw",resource="cpu"}`]: '2x30',
    },
    at: '16m',
    speaks: { labels: { ...BOT, container: 'openclaw' }, summary: 'Container openclaw of agents/bot-0 uses 95% of its memory' },
  },
  {
    title: 'a volume fills up',
    alert: 'OpenClawPVCNearlyFull',
    series: {
      [`kubelet_volume_stats_used_bytes{${CLAIM}="bot-data"}`]: '85x10',
      [`kubelet_volume_stats_capacity_bytes{${CLAIM}="bot-data"}`]: '100x10',
      [`kubelet_volume_stats_used_bytes{${CLAIM}="bot-two-data"}`]: '99x10',
      [`kubelet_volume_stats_capacity_bytes{${CLAIM}="bot-two-data"}`]: '100x10',
    },
    at: '6m',
    speaks: { labels: { namespace: 'agents', persistentvolumeclaim: 'bot-data' }, summary: 'Volume agents/bot-data is 85% full' },
  },
  {
    title: 'a version is taken back',
    alert: 'OpenClawAutoUpdateRollback',
    series: { [info('openclaw:1')]: '1x1500 _x20 1x30', [info('openclaw:2')]: '_x1501 1x15' },
    at: '1530m',
    speaks: { labels: { namespace: 'agents', image_spec: 'openclaw:1' }, summary: 'Agent agents/bot went back to openclaw:1' },
  },
  {
    title: 'a version was taken back two days ago',
    alert: 'OpenClawAutoUpdateRollback',
    series: { [info('openclaw:1')]: '1x1500 _x20 1x3000', [info('openclaw:2')]: '_x1501 1x15' },
    at: '4300m',
    speaks: null,
  },
  {
    title: 'an update',
    alert: 'OpenClawAutoUpdateRollback',
    series: { [info('openclaw:1')]: '1x1500', [info('openclaw:2')]: '_x1501 1x30' },
    at: '1520m',
    speaks: null,
  },
  {
    title: 'a restart',
    alert: 'OpenClawAutoUpdateRollback',
    series: { [info('openclaw:1')]: '1x1500 _x5 1x30' },
    at: '1520m',
    speaks: null,
  },
];

const messages = (outcome: string): string =>
  `openclaw_message_processed_total{${POD},openclaw_channel="telegram",openclaw_outcome="${outcome}"}`;

const AGENT: readonly Scenario[] = [
  {
    title: 'Prometheus is kept out',
    alert: 'OpenClawMetricsMissing',
    series: { [`up{${POD},endpoint="metrics",service="bot"}`]: '0x20' },
    at: '11m',
    speaks: { labels: { ...BOT, endpoint: 'metrics', service: 'bot' }, summary: 'Prometheus cannot collect the metrics of agents/bot-0' },
  },
  {
    title: 'most messages fail',
    alert: 'OpenClawMessagesFailing',
    series: { [messages('error')]: '0+3x40', [messages('completed')]: '0+1x40' },
    at: '36m',
    speaks: { labels: BOT, summary: 'agents/bot-0 fails at 75% of its messages' },
  },
  {
    title: 'some messages fail',
    alert: 'OpenClawMessagesFailing',
    series: { [messages('error')]: '0+1x40', [messages('completed')]: '0+3x40' },
    at: '36m',
    speaks: null,
  },
  {
    title: 'one of one message fails',
    alert: 'OpenClawMessagesFailing',
    series: { [messages('error')]: '0x10 1x40' },
    at: '30m',
    speaks: null,
  },
  {
    title: 'sessions are stuck',
    alert: 'OpenClawSessionsStuck',
    series: { [`openclaw_session_stuck_total{${POD},openclaw_state="processing"}`]: '0+1x20' },
    at: '15m',
    speaks: { labels: BOT, summary: 'Sessions of agents/bot-0 are stuck' },
  },
  {
    title: 'one session was stuck',
    alert: 'OpenClawSessionsStuck',
    series: { [`openclaw_session_stuck_total{${POD},openclaw_state="processing"}`]: '0x5 1x20' },
    at: '15m',
    speaks: null,
  },
];

export const SCENARIOS: readonly Scenario[] = [...ENGINE, ...PODS, ...AGENT];
