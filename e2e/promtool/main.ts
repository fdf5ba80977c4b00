/**
 * `npm run e2e:promtool`: the real promtool judges every rendered alert and every query of a rendered dashboard, and plays
 * scenarios through the alerts. It reads rule groups, so it gets the `spec` of a PrometheusRule, never the object.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { render } from '../../src/index.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { alertExpressions, dashboards, panelExpressions, ruleGroups, type RuleGroups } from '../../test/features/expressions.ts';
import { GOLDEN } from '../../test/golden/golden-case.ts';
import { renderedSpec } from '../../test/properties/rendered.ts';
import { spec } from '../../test/properties/spec-arbitrary.ts';
import { debianFile } from '../tools/debian.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

const SPECS = 60;
const promtool = await debianFile('prometheus', 'usr/bin/promtool');
const directory = mkdtempSync(join(tmpdir(), 'promtool-'));
const failures: string[] = [];
let files = 0;
let expressions = 0;

for (const path of globSync('**/expected.yaml', { cwd: GOLDEN }).toSorted()) {
  const text = readFileSync(join(GOLDEN, path), 'utf8');
  if (!text.includes('kind: PrometheusRule') && !text.includes('grafana_dashboard')) continue;
  keep(parseAllDocuments(text).map((document) => document.toJS() as JsonObject));
}
const fromGoldens = files;
for (const value of fc.sample(spec, { numRuns: SPECS, seed: 20261122 })) {
  const metrics = { prometheusRule: { enabled: true }, serviceMonitor: { enabled: true }, grafanaDashboard: { enabled: true } };
  const asking = { ...value, observability: { metrics: { ...value.observability?.metrics, ...metrics } } };
  keep(renderedSpec(asking).objects);
}
// Each of the three controls shows that promtool looks: it refuses what is wrong in just the way that would matter.
writeFileSync(join(directory, 'broken.yml'), stringify({ groups: [{ name: 'broken', rules: [{ alert: 'A', expr: 'sum by (' }] }] }));
expect('a broken expression is refused', 1, 'check', 'rules', 'broken.yml');
expect(
  `${files} files of rules and queries`,
  0,
  'check',
  'rules',
  '--lint-fatal',
  ...Array.from({ length: files }, (_, index) => `${index}.yml`),
);
if (fromGoldens === 0 || files < SPECS) failures.push(`found ${fromGoldens} files in the goldens and ${files} in all`);

const [rules] = ruleGroups(
  rendered('{image: {tag: 2026.9.6}, observability: {metrics: {prometheusRule: {enabled: true}, serviceMonitor: {enabled: true}}}}'),
);
const alerts = (rules?.groups ?? []).flatMap((group) => group.rules);
writeFileSync(join(directory, 'rules.yml'), stringify(withSummariesOnly(rules ?? { groups: [] })));
expect(`${SCENARIOS.length} scenarios`, 0, 'test', 'rules', testFile('scenarios.yml', SCENARIOS));
const speaking = SCENARIOS.find(({ speaks }) => speaks !== null) as Scenario;
const silent = SCENARIOS.find(({ speaks }) => speaks === null) as Scenario;
expect(
  'an alert that speaks where silence was expected is noticed',
  1,
  'test',
  'rules',
  testFile('a.yml', [{ ...speaking, speaks: null }]),
);
expect('silence where an alert was expected is noticed', 1, 'test', 'rules', testFile('b.yml', [{ ...silent, speaks: speaking.speaks }]));
for (const { alert } of alerts) {
  const own = SCENARIOS.filter((scenario) => scenario.alert === alert);
  if (!own.some(({ speaks }) => speaks !== null)) failures.push(`no scenario lets ${alert} speak`);
}

rmSync(directory, { recursive: true });
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`promtool: ${files} files with ${expressions} expressions, ${SCENARIOS.length} scenarios, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** Alerts and queries of these objects, each as a file of rules. */
function keep(objects: readonly JsonObject[]): void {
  for (const groups of ruleGroups(objects)) write(groups, alertExpressions(groups).length);
  for (const dashboard of dashboards(objects).values()) {
    const queries = panelExpressions(dashboard).map(({ expr }, index) => ({ record: `query:${index}`, expr }));
    write({ groups: [{ name: dashboard.title, rules: queries }] }, queries.length);
  }
}

function write(groups: object, count: number): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${files}.yml`), stringify(groups));
  files += 1;
  expressions += count;
}

function rendered(text: string): JsonObject[] {
  const instance = `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot, namespace: agents}\nspec: ${text}\n`;
  return [...render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(instance) }]).objects];
}

/** promtool compares annotations whole; the summaries are those with templates in them. */
function withSummariesOnly({ groups }: RuleGroups): RuleGroups {
  return {
    groups: groups.map((group) => ({
      ...group,
      rules: group.rules.map((rule) => ({ ...rule, annotations: { summary: rule.annotations['summary'] ?? '' } })),
    })),
  };
}

function testFile(name: string, scenarios: readonly Scenario[]): string {
  const tests = scenarios.map(({ title, alert, series, at, speaks }) => ({
    name: title,
    interval: '1m',
    input_series: Object.entries(series).map(([text, values]) => ({ series: text, values })),
    alert_rule_test: [
      {
        eval_time: at,
        alertname: alert,
        exp_alerts:
          speaks === null
            ? []
            : [{ exp_labels: { severity: severityOf(alert), ...speaks.labels }, exp_annotations: { summary: speaks.summary } }],
      },
    ],
  }));
  writeFileSync(join(directory, name), stringify({ rule_files: ['rules.yml'], evaluation_interval: '1m', tests }));
  return name;
}

function severityOf(name: string): string | undefined {
  return alerts.find(({ alert }) => alert === name)?.labels['severity'];
}

function expect(title: string, status: number, ...args: readonly string[]): void {
  const ended = spawnSync(promtool, args, { cwd: directory, encoding: 'utf8' });
  const passed = ended.status === status;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${title}`);
  if (!passed) failures.push(`${title}: exit code ${ended.status}, expected ${status}\n${ended.stdout}${ended.stderr}`);
}
