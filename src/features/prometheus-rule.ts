/** The PrometheusRule: alerts on the agent, its pod and its volume. */
import type { Contribution, Feature } from '../compose/contribution.ts';
import { alertsName } from '../kube/names.ts';
import { OPTIONAL_KINDS } from '../kube/optional-kinds.ts';
import type { Resolved } from '../resolve/resolved.ts';
import { alerts } from './alerts.ts';

function contribute(resolved: Resolved): Contribution | null {
  const settings = resolved.metrics.alerts;
  if (settings === null) return null;
  const rules = alerts(resolved).map(({ alert, description, expr, for: duration, isOperators, severity, summary }) => {
    const hasRunbook = isOperators || settings.hasOwnRunbooks;
    const annotations = { description, ...(hasRunbook ? { runbook_url: `${settings.runbookBaseUrl}/${alert}` } : {}), summary };
    return { alert, annotations, expr, for: duration, labels: { severity } };
  });
  return {
    objects: [
      {
        apiVersion: OPTIONAL_KINDS.PrometheusRule,
        kind: 'PrometheusRule',
        metadata: { name: alertsName(resolved.name), labels: settings.labels },
        spec: { groups: [{ name: 'openclaw', rules }] },
      },
    ],
  };
}

export const prometheusRule: Feature = {
  id: 'prometheus-rule',
  summary: 'alerts for the Prometheus Operator',
  reads: [
    'observability.metrics.prometheusRule',
    'observability.metrics.serviceMonitor',
    'observability.metrics.enabled',
    'observability.metrics.port',
    'networking.service.ports',
    'storage.persistence',
    'availability.autoScaling',
    'image',
    'config',
  ],
  contribute,
};
