import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { render } from '../../src/index.ts';
import { alertExpressions, dashboards, panelExpressions, ruleGroups, seriesOf, type Expression } from './expressions.ts';
import { CLUSTER_SERIES, OPENCLAW_INSTRUMENTS } from './known-series.ts';

const ON = 'serviceMonitor: {enabled: true}, prometheusRule: {enabled: true}, grafanaDashboard: {enabled: true}';

function expressions(spec: string): { alerts: Expression[]; panels: Expression[] } {
  const text = `apiVersion: openclaw.rocks/v1alpha1\nkind: OpenClawInstance\nmetadata: {name: bot, namespace: agents}\nspec: ${spec}\n`;
  const objects = [...render([{ name: 'bot.yaml', bytes: new TextEncoder().encode(text) }]).objects];
  return {
    alerts: ruleGroups(objects).flatMap(alertExpressions),
    panels: [...dashboards(objects).values()].flatMap(panelExpressions),
  };
}

const all = expressions(`{image: {tag: 2026.9.6}, observability: {metrics: {${ON}}}}`);
const known = new Set([...Object.values(CLUSTER_SERIES).flat(), ...OPENCLAW_INSTRUMENTS.map(({ series }) => series)]);

describe('what alerts and dashboards read', () => {
  test('ARD-127 are series that somebody makes, and each known one is read', () => {
    const read = new Set([...all.alerts, ...all.panels].flatMap(({ expr }) => seriesOf(expr)));
    assert.deepEqual(
      [...read].filter((name) => !known.has(name)),
      [],
    );
    assert.deepEqual(
      [...known].filter((name) => !read.has(name)),
      [],
    );
  });

  test('is somewhere in every expression', () => {
    assert.ok(all.alerts.length >= 7);
    assert.ok(all.panels.length >= 20);
    for (const { place, expr } of [...all.alerts, ...all.panels]) assert.ok(seriesOf(expr).length > 0, place);
  });

  test("has labels of OpenClaw's that its attributes become", () => {
    const labels = new Set(OPENCLAW_INSTRUMENTS.flatMap(({ attributes }) => attributes.map((name) => name.replaceAll('.', '_'))));
    const used = [...all.alerts, ...all.panels].flatMap(({ expr }) => expr.match(/\bopenclaw_[a-zA-Z_]+\b(?!\{)/g) ?? []);
    assert.ok(used.length > 0);
    assert.deepEqual(
      used.filter((label) => !labels.has(label)),
      [],
    );
  });

  test('leaves no variable of Grafana open, and holds nothing that Flux would replace', () => {
    for (const { place, expr } of [...all.alerts, ...all.panels]) assert.doesNotMatch(expr, /\$/, place);
  });

  test("has alerts on OpenClaw's own series only where it exports them", () => {
    const own = ({ alerts }: { alerts: Expression[] }): string[] =>
      alerts.filter(({ expr }) => seriesOf(expr).some((name) => name.startsWith('openclaw_'))).map(({ place }) => place);
    assert.deepEqual(own(all), ['OpenClawMessagesFailing', 'OpenClawSessionsStuck']);
    assert.deepEqual(own(expressions(`{image: {tag: 2026.6.11}, observability: {metrics: {${ON}}}}`)), []);
    assert.deepEqual(own(expressions(`{image: {tag: 2026.9.6}, observability: {metrics: {enabled: false, ${ON}}}}`)), []);
  });
});
