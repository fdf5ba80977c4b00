import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from '../../../src/index.ts';
import { dashboards } from '../../features/expressions.ts';
import { absent } from '../shape.ts';
import { field, names, rendered, type Row, testRows } from './rendered.ts';

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

const RULE = 'PrometheusRule/bot-alerts';
const DASHBOARD = 'ConfigMap/bot-dashboard-instance';
const RUNBOOKS = 'https://paperclip.inc/docs/operators/openclaw/runbooks';
const alerting = (text = ''): string =>
  metrics(`serviceMonitor: {enabled: true}, prometheusRule: {enabled: true${text === '' ? '' : `, ${text}`}}`);
const drawing = (text = ''): string => metrics(`grafanaDashboard: {enabled: true${text === '' ? '' : `, ${text}`}}`);

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly runbook_url?: string; readonly summary: string; readonly description: string };
}

function alertsOf(spec: string): readonly Alert[] {
  const rules = field(rendered(spec), RULE, 'spec.groups[0].rules');
  assert.ok(Array.isArray(rules));
  return rules as readonly Alert[];
}

/** The names that all matchers of `label` in an alert's expression let through. */
function matches(spec: string, alert: string, label: string, name: string): boolean {
  const expr = alertsOf(spec).find((candidate) => candidate.alert === alert)?.expr ?? '';
  const patterns = [...expr.matchAll(new RegExp(`${label}=~"([^"]*)"`, 'g'))].map(([, pattern]) => new RegExp(`^(?:${pattern})$`));
  assert.ok(patterns.length > 0, `${alert} has no matcher of ${label}`);
  return patterns.every((pattern) => pattern.test(name));
}

testRows([
  ['ARD-123 there are no alerts unless they are asked for', '{}', RULE, '', absent],
  ['ARD-121 labels of the alerts', alerting('labels: {role: alerts}'), RULE, 'metadata.labels.role', 'alerts'],
  ['ARD-121 labels of the dashboard', drawing('labels: {team: a}'), DASHBOARD, 'metadata.labels.team', 'a'],
  [
    'ARD-121 labels over the one that the sidecar looks for',
    drawing('labels: {grafana_dashboard: "2"}'),
    DASHBOARD,
    'metadata.labels.grafana_dashboard',
    '2',
  ],
  ['ARD-128 there is no dashboard unless it is asked for', '{}', DASHBOARD, '', absent],
  ['ARD-128 the label that the sidecar looks for', drawing(), DASHBOARD, 'metadata.labels.grafana_dashboard', '1'],
  ['ARD-128 the folder', drawing(), DASHBOARD, 'metadata.annotations.grafana_folder', 'OpenClaw'],
  ['ARD-128 a custom folder', drawing('folder: Agents'), DASHBOARD, 'metadata.annotations.grafana_folder', 'Agents'],
]);

test("ARD-123 the operator's seven names and severities, in one group", () => {
  assert.equal(field(rendered(alerting()), RULE, 'spec.groups[1]'), absent);
  const found = new Map(alertsOf(alerting()).map(({ alert, labels }) => [alert, labels.severity]));
  for (const [alert, severity] of [
    ['OpenClawReconcileErrors', 'warning'],
    ['OpenClawInstanceDegraded', 'critical'],
    ['OpenClawSlowReconciliation', 'warning'],
    ['OpenClawPodCrashLooping', 'critical'],
    ['OpenClawPodOOMKilled', 'warning'],
    ['OpenClawPVCNearlyFull', 'warning'],
    ['OpenClawAutoUpdateRollback', 'warning'],
  ] as const)
    assert.equal(found.get(alert), severity);
});

test('ARD-124 a custom base leads every alert to its runbook, with or without a slash at its end', () => {
  for (const base of ['https://runbooks.example.com', 'https://runbooks.example.com/']) {
    for (const { alert, annotations } of alertsOf(alerting(`runbookBaseURL: "${base}"`)))
      assert.equal(annotations.runbook_url, `https://runbooks.example.com/${alert}`);
  }
});

test("ARD-124 without a base the operator's alerts lead to the operator's runbooks, and all say what to do", () => {
  const found = alertsOf(alerting());
  const linked = found.filter(({ annotations }) => annotations.runbook_url !== undefined);
  for (const { alert, annotations } of linked) assert.equal(annotations.runbook_url, `${RUNBOOKS}/${alert}`);
  assert.equal(linked.length, 7);
  for (const { annotations } of found) assert.ok(annotations.description.length > 20 && annotations.summary.length > 10);
});

for (const [name, expected] of [
  ['bot-data', true],
  ['data-bot-0', true],
  ['data-bot-12', true],
  ['data-bot', false],
  ['data-bot-two-0', false],
  ['bot-data-2', false],
  ['my-bot-data', false],
] as const) {
  test(`ARD-125 the alert on volumes ${expected ? 'speaks' : 'is silent'} about claim ${name}`, () => {
    assert.equal(matches(alerting(), 'OpenClawPVCNearlyFull', 'persistentvolumeclaim', name), expected);
  });
}

test('ARD-125 an existing claim, whose dots are dots', () => {
  const spec = '{storage: {persistence: {existingClaim: a.b}}, observability: {metrics: {prometheusRule: {enabled: true}}}}';
  assert.equal(matches(spec, 'OpenClawPVCNearlyFull', 'persistentvolumeclaim', 'a.b'), true);
  assert.equal(matches(spec, 'OpenClawPVCNearlyFull', 'persistentvolumeclaim', 'axb'), false);
});

test('ARD-125 without a volume there is no alert on it', () => {
  const spec = '{storage: {persistence: {enabled: false}}, observability: {metrics: {prometheusRule: {enabled: true}}}}';
  assert.ok(!alertsOf(spec).some(({ alert }) => alert === 'OpenClawPVCNearlyFull'));
});

for (const alert of [
  'OpenClawPodCrashLooping',
  'OpenClawPodOOMKilled',
  'OpenClawMemoryNearlyFull',
  'OpenClawAutoUpdateRollback',
  'OpenClawSessionsStuck',
]) {
  test(`ARD-126 ${alert} knows this instance's pods only`, () => {
    const pods = ['bot-0', 'bot-11', 'bot', 'bot-two-0', 'bot-0-0', 'robot-0', 'bot-secrets-abc'];
    assert.deepEqual(
      pods.filter((pod) => matches(alerting(), alert, 'pod', pod)),
      ['bot-0', 'bot-11'],
    );
  });
}

test('ARD-128 valid JSON with three variables, more than ten panels, and places that do not overlap', () => {
  const { data } = rendered(drawing()).objects.find(({ metadata }) => metadata.name === 'bot-dashboard-instance') as unknown as {
    data: Record<string, string>;
  };
  assert.deepEqual(Object.keys(data), ['openclaw-agents.bot.json']);
  const { panels, templating, uid, title } = JSON.parse(Object.values(data)[0]!) as {
    panels: { id: number; type: string; gridPos: { x: number; y: number; w: number; h: number }; panels?: { id: number }[] }[];
    templating: { list: { name: string }[] };
    uid: string;
    title: string;
  };
  assert.deepEqual(names(templating.list), ['datasource', 'namespace', 'instance']);
  assert.ok(panels.length >= 10);
  assert.match(uid, /^[\w-]{1,40}$/);
  assert.equal(title, 'OpenClaw Instance agents/bot');
  const ids = panels.flatMap(({ id, panels: inside = [] }) => [id, ...inside.map((panel) => panel.id)]);
  assert.equal(new Set(ids).size, ids.length);
  const taken = new Set<string>();
  for (const { gridPos } of panels) {
    assert.ok(gridPos.x + gridPos.w <= 24);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        assert.ok(!taken.has(`${x},${y}`), `two panels at ${x},${y}`);
        taken.add(`${x},${y}`);
      }
    }
  }
});

test('ARD-129 no two instances share a file, a uid or a title, however their names are joined', () => {
  const seen = new Set<string>();
  const instances = [
    ['a-b', 'c'],
    ['a', 'b-c'],
    ['a', 'c'],
    ['b', 'c'],
  ] as const;
  for (const [namespace, name] of instances) {
    const text = `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${drawing()}\n`;
    const objects = [...render([{ name: 'a.yaml', bytes: new TextEncoder().encode(text) }]).objects];
    for (const [file, { uid, title }] of dashboards(objects)) for (const word of [file, uid, title]) seen.add(word);
  }
  assert.equal(seen.size, 3 * instances.length);
});
