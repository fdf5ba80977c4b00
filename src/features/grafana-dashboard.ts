/** A dashboard for Grafana's sidecar: the agent's health, what it does, and what it uses. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { dashboardName } from '../kube/names.ts';
import type { JsonObject } from '../lib/json.ts';
import { shortHash } from '../lib/sha256.ts';
import type { Resolved } from '../resolve/resolved.ts';
import { dashboardPanels, gauge, graph, seriesName, stat, type Row } from './dashboard-panels.ts';

const POD = 'namespace="$namespace",pod=~"$instance-[0-9]+"';
const SET = 'namespace="$namespace",statefulset="$instance"';
const CONTAINERS = `${POD},container!="",container!="POD"`;
const BY_CONTAINER = 'sum by (container)';
/** Only claims that the agent's pods mount. */
const MOUNTED = `and on (namespace, persistentvolumeclaim) kube_pod_spec_volumes_persistentvolumeclaims_info{${POD}}`;
const RATE = '$__rate_interval';

function share(used: string, limit: string): string {
  return `max(sum by (container) (${used}) / on (container) sum by (container) (${limit}))`;
}

/** The 95th percentile of one of OpenClaw's histograms. */
function slowest(histogram: string, label: string | null): string {
  const by = label === null ? 'le' : `le, ${label}`;
  return `histogram_quantile(0.95, sum by (${by}) (rate(${histogram}_bucket{${POD}}[${RATE}])))`;
}

const usedMemory = `container_memory_working_set_bytes{${CONTAINERS}}`;
const usedCpu = `rate(container_cpu_usage_seconds_total{${CONTAINERS}}[${RATE}])`;
const usedVolume = `kubelet_volume_stats_used_bytes{namespace="$namespace"}`;
const volumeSize = `kubelet_volume_stats_capacity_bytes{namespace="$namespace"}`;
const resource = (kind: 'requests' | 'limits', of: 'cpu' | 'memory'): string =>
  `kube_pod_container_resource_${kind}{${POD},resource="${of}"}`;
const restarts = (kind: 'container' | 'init_container'): string => `kube_pod_${kind}_status_restarts_total{${POD}}`;

const HEALTH: Row = {
  title: 'Health',
  collapsed: false,
  panels: [
    stat('Ready', { expr: `sum(kube_statefulset_status_replicas_ready{${SET}})`, legend: 'ready' }, 'one'),
    seriesName('Image', { expr: `max by (image_spec) (kube_pod_container_info{${POD},container="openclaw"})`, legend: '{{image_spec}}' }),
    stat(
      'Restarts in the last hour',
      {
        expr: `sum(increase(${restarts('container')}[1h])) + (sum(increase(${restarts('init_container')}[1h])) or vector(0))`,
        legend: 'restarts',
      },
      'zero',
    ),
    gauge('CPU of the limit', { expr: share(usedCpu, resource('limits', 'cpu')), legend: 'fullest container' }),
    gauge('Memory of the limit', { expr: share(usedMemory, resource('limits', 'memory')), legend: 'fullest container' }),
    gauge('Volume', { expr: `max(${usedVolume} / ${volumeSize} ${MOUNTED})`, legend: 'fullest volume' }),
  ],
};

const AGENT: Row = {
  title: 'Agent',
  collapsed: false,
  panels: [
    graph('Messages', 'short', [
      { expr: `sum by (openclaw_outcome) (increase(openclaw_message_processed_total{${POD}}[${RATE}]))`, legend: '{{openclaw_outcome}}' },
    ]),
    graph(
      'Time per message',
      'ms',
      [{ expr: slowest('openclaw_message_duration_ms_milliseconds', 'openclaw_channel'), legend: '{{openclaw_channel}}' }],
      '95th percentile by channel',
    ),
    graph('Tokens', 'short', [
      { expr: `sum by (openclaw_token) (increase(openclaw_tokens_total{${POD}}[${RATE}]))`, legend: '{{openclaw_token}}' },
    ]),
    graph(
      'Cost',
      'currencyUSD',
      [{ expr: `sum by (openclaw_model) (increase(openclaw_cost_usd_total{${POD}}[${RATE}]))`, legend: '{{openclaw_model}}' }],
      'As OpenClaw estimates it',
    ),
    graph(
      'Time per model call',
      'ms',
      [{ expr: slowest('openclaw_model_call_duration_ms_milliseconds', 'openclaw_model'), legend: '{{openclaw_model}}' }],
      '95th percentile by model',
    ),
    graph(
      'Time per tool call',
      'ms',
      [{ expr: slowest('openclaw_tool_execution_duration_ms_milliseconds', 'openclaw_toolName'), legend: '{{openclaw_toolName}}' }],
      '95th percentile by tool',
    ),
    graph(
      'Waiting in the queue',
      'ms',
      [{ expr: slowest('openclaw_queue_wait_ms_milliseconds', 'openclaw_lane'), legend: '{{openclaw_lane}}' }],
      '95th percentile by lane',
    ),
    graph('Stuck sessions and memory pressure', 'short', [
      { expr: `sum(increase(openclaw_session_stuck_total{${POD}}[${RATE}]))`, legend: 'stuck sessions' },
      { expr: `sum(increase(openclaw_memory_pressure_total{${POD}}[${RATE}]))`, legend: 'memory pressure' },
    ]),
  ],
};

const RESOURCES: Row = {
  title: 'CPU and memory',
  collapsed: false,
  panels: [
    graph('CPU', 'short', [
      { expr: `${BY_CONTAINER} (${usedCpu})`, legend: '{{container}}' },
      { expr: `sum(${resource('requests', 'cpu')})`, legend: 'requests' },
      { expr: `sum(${resource('limits', 'cpu')})`, legend: 'limits' },
    ]),
    graph('CPU throttling', 's', [
      { expr: `${BY_CONTAINER} (rate(container_cpu_cfs_throttled_seconds_total{${CONTAINERS}}[${RATE}]))`, legend: '{{container}}' },
    ]),
    graph('Memory', 'bytes', [
      { expr: `${BY_CONTAINER} (${usedMemory})`, legend: '{{container}}' },
      { expr: `sum(${resource('limits', 'memory')})`, legend: 'limits' },
    ]),
    graph('Restarts and kills', 'short', [
      { expr: `${BY_CONTAINER} (increase(${restarts('container')}[${RATE}]))`, legend: '{{container}}' },
      { expr: `${BY_CONTAINER} (increase(${restarts('init_container')}[${RATE}]))`, legend: '{{container}}' },
      {
        expr: `${BY_CONTAINER} (kube_pod_container_status_last_terminated_reason{${POD},reason="OOMKilled"})`,
        legend: '{{container}} last out of memory',
      },
    ]),
  ],
};

const NETWORK_AND_VOLUMES: Row = {
  title: 'Network and volumes',
  collapsed: true,
  panels: [
    graph('Network', 'Bps', [
      { expr: `sum(rate(container_network_receive_bytes_total{${POD}}[${RATE}]))`, legend: 'received' },
      { expr: `sum(rate(container_network_transmit_bytes_total{${POD}}[${RATE}]))`, legend: 'sent' },
    ]),
    graph('Volumes', 'bytes', [
      { expr: `max by (persistentvolumeclaim) (${usedVolume} ${MOUNTED})`, legend: '{{persistentvolumeclaim}} used' },
      { expr: `max by (persistentvolumeclaim) (${volumeSize} ${MOUNTED})`, legend: '{{persistentvolumeclaim}} size' },
    ]),
  ],
};

const ENGINE: Row = {
  title: 'GitOps',
  collapsed: true,
  panels: [
    graph('Argo CD Applications of the namespace', 'short', [
      {
        expr: 'sum by (name, sync_status, health_status) (argocd_app_info{dest_namespace="$namespace"})',
        legend: '{{name}} {{sync_status}} {{health_status}}',
      },
    ]),
    graph('Flux Kustomizations of the namespace', 'short', [
      {
        expr: 'sum by (name, ready) (gotk_resource_info{customresource_kind="Kustomization",exported_namespace="$namespace"})',
        legend: '{{name}} ready {{ready}}',
      },
    ]),
  ],
};

function variable(label: string, query: string, regex: string, chosen: string): JsonObject {
  return {
    current: { text: chosen, value: chosen },
    datasource: { type: 'prometheus', uid: '$datasource' },
    name: label,
    query,
    refresh: 2,
    regex,
    sort: 1,
    type: 'query',
  };
}

/** Every agent of the cluster can be chosen in it; it opens with this one. */
function dashboard({ name: instance, namespace }: Resolved): JsonObject {
  const agents = 'kube_pod_container_info{container="openclaw"';
  return {
    annotations: { list: [] },
    editable: true,
    graphTooltip: 1,
    panels: dashboardPanels([HEALTH, AGENT, RESOURCES, NETWORK_AND_VOLUMES, ENGINE]),
    refresh: '30s',
    schemaVersion: 39,
    tags: ['openclaw', 'instance'],
    templating: {
      list: [
        { name: 'datasource', query: 'prometheus', refresh: 1, type: 'datasource' },
        variable('namespace', `label_values(${agents}}, namespace)`, '', namespace),
        variable('instance', `label_values(${agents},namespace="$namespace"}, pod)`, '/^(.+)-[0-9]+$/', instance),
      ],
    },
    time: { from: 'now-1h', to: 'now' },
    // Title and uid are one for the whole of Grafana, so they say which agent.
    title: `OpenClaw Instance ${namespace}/${instance}`,
    uid: `openclaw-${shortHash(`${namespace}/${instance}`)}`,
  };
}

function contribute(resolved: Resolved): Contribution | null {
  const settings = resolved.metrics.dashboard;
  if (settings === null) return null;
  const { name: instance, namespace } = resolved;
  // The sidecar writes all dashboards into one directory, under their keys.
  const key = `openclaw-${namespace}.${instance}.json`;
  return {
    configMaps: [
      {
        name: dashboardName(instance),
        labels: { grafana_dashboard: '1', ...settings.labels },
        annotations: { grafana_folder: settings.folder },
        entries: new Map([[key, { text: JSON.stringify(dashboard(resolved)), takesEffect: 'next-start' }]]),
      },
    ],
  };
}

export const grafanaDashboard: Feature = {
  id: 'grafana-dashboard',
  summary: 'a dashboard for the sidecar of Grafana',
  reads: ['observability.metrics.grafanaDashboard'],
  contribute,
};
