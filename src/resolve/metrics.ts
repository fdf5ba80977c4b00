import type { Labels } from '../kube/labels.ts';
import { valueAt } from '../lib/json.ts';
import { annotatedList, INSTANCE_ANNOTATIONS, type Instance } from './instance.ts';
import type { OpenClawProfile } from './openclaw-version.ts';
import type { ResolvedConfig, ResolvedImage } from './resolved.ts';
import { resolveNetworkPolicy } from './security.ts';
import { resolveService } from './service.ts';

export interface ResolvedMetrics {
  readonly enabled: boolean;
  readonly port: number;
  /** Namespaces that reach the metrics port and nothing else, in order, without repeats and without those that reach everything. */
  readonly namespaces: readonly string[];
  /**
   * True when the image is known to carry the plugin that exports, or the user's configuration enables it: where it is absent,
   * the exporter's configuration would stop the gateway.
   */
  readonly exports: boolean;
  /** Null when it is off, and when there is nothing to collect. */
  readonly serviceMonitor: ResolvedServiceMonitor | null;
  readonly alerts: ResolvedAlerts | null;
  readonly dashboard: ResolvedDashboard | null;
}

interface ResolvedServiceMonitor {
  readonly interval: string;
  readonly labels: Labels;
  /** Port of the Service that leads to the collector. */
  readonly portName: string;
}

interface ResolvedAlerts {
  readonly labels: Labels;
  /** Without a slash at its end. */
  readonly runbookBaseUrl: string;
  /** False for the operator's runbooks, which know the operator's alerts only. */
  readonly hasOwnRunbooks: boolean;
}

interface ResolvedDashboard {
  readonly labels: Labels;
  readonly folder: string;
}

const OPERATORS_RUNBOOKS = 'https://paperclip.inc/docs/operators/openclaw/runbooks';

export function resolveMetrics(
  instance: Instance,
  image: ResolvedImage,
  config: ResolvedConfig,
  profile: OpenClawProfile,
): ResolvedMetrics {
  const { enabled, port } = collector(instance);
  return {
    enabled,
    port,
    namespaces: enabled ? metricsNamespaces(instance) : [],
    // Enabled but absent, the plugin is looked for on the network at start: exit 1 after two minutes on 2026.7 and 2026.8.
    exports: enabled && ((image.isOfficial && profile.bundlesMetricsPlugin) || enablesPlugin(config)),
    serviceMonitor: resolveServiceMonitor(instance),
    alerts: resolveAlerts(instance),
    dashboard: resolveDashboard(instance),
  };
}

export function resolveServiceMonitor(instance: Instance): ResolvedServiceMonitor | null {
  const { enabled, port } = collector(instance);
  const monitor = instance.spec.observability?.metrics?.serviceMonitor ?? {};
  if (!enabled || monitor.enabled !== true) return null;
  return { interval: monitor.interval || '30s', labels: monitor.labels ?? {}, portName: portName(instance, port) };
}

export function resolveAlerts({ spec }: Instance): ResolvedAlerts | null {
  const { enabled = false, labels = {}, runbookBaseURL = '' } = spec.observability?.metrics?.prometheusRule ?? {};
  if (!enabled) return null;
  const own = runbookBaseURL.replace(/\/+$/, '');
  return { labels, runbookBaseUrl: own || OPERATORS_RUNBOOKS, hasOwnRunbooks: own !== '' };
}

export function resolveDashboard({ spec }: Instance): ResolvedDashboard | null {
  const { enabled = false, labels = {}, folder = '' } = spec.observability?.metrics?.grafanaDashboard ?? {};
  return enabled ? { labels, folder: folder || 'OpenClaw' } : null;
}

function enablesPlugin({ base }: ResolvedConfig): boolean {
  return valueAt(base, 'plugins', 'entries', 'diagnostics-otel', 'enabled') === true;
}

function collector({ spec }: Instance): { readonly enabled: boolean; readonly port: number } {
  const { enabled = true, port = 9090 } = spec.observability?.metrics ?? {};
  return { enabled, port };
}

/** A port of the user's with the collector's number takes the place of the port `metrics`. */
function portName(instance: Instance, number: number): string {
  const { customPorts } = resolveService(instance);
  if (customPorts.some(({ name }) => name === 'metrics')) return 'metrics';
  return customPorts.find(({ port, protocol }) => port === number && protocol === 'TCP')?.name ?? 'metrics';
}

function metricsNamespaces(instance: Instance): string[] {
  const reachAll = new Set([instance.namespace, ...resolveNetworkPolicy(instance).ingressNamespaces]);
  const annotated = annotatedList(instance, INSTANCE_ANNOTATIONS.metricsNamespaces);
  return [...new Set(annotated)].filter((namespace) => !reachAll.has(namespace));
}
