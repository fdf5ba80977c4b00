import assert from 'node:assert/strict';
import { test } from 'node:test';
import { absent } from '../shape.ts';
import { field, rendered, type Row, testRows } from './rendered.ts';

const MONITOR = 'ServiceMonitor/bot';
const metrics = (text: string): string => `{observability: {metrics: {${text}}}}`;
const withPorts = (ports: string, text: string): string =>
  `{networking: {service: {ports: ${ports}}}, observability: {metrics: {${text}}}}`;
const SELECTOR = { matchLabels: { 'app.kubernetes.io/instance': 'bot', 'app.kubernetes.io/name': 'openclaw' } };
const ON = 'serviceMonitor: {enabled: true}';

const serviceMonitor: readonly Row[] = [
  ['ARD-120 there is none unless it is asked for', '{}', MONITOR, '', absent],
  ['ARD-120 its one endpoint', metrics(ON), MONITOR, 'spec.endpoints', [{ interval: '30s', path: '/metrics', port: 'metrics' }]],
  ['ARD-120 it selects the agent', metrics(ON), MONITOR, 'spec.selector', SELECTOR],
  ['ARD-120 a custom interval', metrics('serviceMonitor: {enabled: true, interval: 1m}'), MONITOR, 'spec.endpoints[0].interval', '1m'],
  ['ARD-122 it goes when it is switched off', metrics('serviceMonitor: {enabled: false, interval: 1m}'), MONITOR, '', absent],
  [
    'ARD-121 labels beside the standard ones',
    metrics('serviceMonitor: {enabled: true, labels: {release: prom}}'),
    MONITOR,
    'metadata.labels.release',
    'prom',
  ],
  [
    'ARD-121 labels over the standard ones',
    metrics('serviceMonitor: {enabled: true, labels: {app.kubernetes.io/name: mine}}'),
    MONITOR,
    'metadata.labels["app.kubernetes.io/name"]',
    'mine',
  ],
];

testRows(serviceMonitor);

for (const [title, spec] of [
  ['the usual ports', metrics(ON)],
  ['custom ports', withPorts('[{name: web, port: 80, targetPort: 18780}]', ON)],
  ["a port of the user's with the collector's number", withPorts('[{name: scrape, port: 9090}]', ON)],
  ["a port of the user's with the name", withPorts('[{name: metrics, port: 9100, targetPort: 9090}]', ON)],
  ['another number', metrics(`port: 9464, ${ON}`)],
] as const) {
  test(`the endpoint's port is in the Service and leads to the collector: ${title}`, () => {
    const result = rendered(spec);
    const port = field(result, MONITOR, 'spec.endpoints[0].port');
    assert.equal(typeof port, 'string');
    const collector = field(result, 'StatefulSet/bot', 'spec.template.spec.containers[name=otel-collector].ports[0].containerPort');
    assert.equal(field(result, 'Service/bot', `spec.ports[name=${port as string}].targetPort`), collector);
  });
}
