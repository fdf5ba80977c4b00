import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../../src/lib/json.ts';
import { alertExpressions, dashboards, panelExpressions, ruleGroups, seriesOf } from '../../../test/features/expressions.ts';
import { OPENCLAW_INSTRUMENTS } from '../../../test/features/known-series.ts';
import { startProgram } from '../../pod-runner/program.ts';
import { SANDBOX_DIRECTORY } from '../../pod-runner/sandbox.ts';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { metricsInstance } from '../metrics-instance.ts';
import { OPENTELEMETRY } from '../opentelemetry.ts';
import { Prometheus, scrapeConfigs, type ServiceMonitor } from '../prometheus.ts';
import { render } from '../render.ts';

const POD = 'ada-0';
const DIRECTORY = join(SANDBOX_DIRECTORY, 'prometheus');

/**
 * What OpenClaw exports arrives at Prometheus, by the rendered collector, Service and ServiceMonitor, under the names that the
 * rendered alerts and dashboards use; and an alert speaks. npm has no plugin, so a client stands in for it: the same SDK with the
 * instruments that each release documents.
 */
export const metricsArrive: Check = {
  id: 'metrics-arrive',
  run: async (agent) => {
    // The agent runs an image without the plugin; alerts on what the plugin exports are rendered for one that has it.
    const official = render(metricsInstance(agent.version, ''));
    const [rules] = ruleGroups(official.all('PrometheusRule') as unknown as JsonObject[]);
    assert.ok(rules !== undefined);
    const panels = [...dashboards(official.all('ConfigMap') as unknown as JsonObject[]).values()].flatMap(panelExpressions);

    const scrapes = scrapeConfigs({
      monitor: agent.objects.only('ServiceMonitor') as ServiceMonitor,
      services: agent.objects.all('Service'),
      pod: { name: POD, address: agent.pod.network.podAddress, containers: agent.pod.spec.containers },
    });
    assert.equal(scrapes.length, 1);
    rmSync(DIRECTORY, { recursive: true, force: true });
    const prometheus = await Prometheus.start(DIRECTORY, scrapes, rules);
    const plugin = await startPlugin(agent);
    try {
      for (const { series, attributes } of OPENCLAW_INSTRUMENTS) {
        const [sample] = await prometheus.awaited(`${series}{namespace="agents",pod="${POD}",service="ada",endpoint="metrics"}`);
        for (const label of attributes.map((attribute) => attribute.replaceAll('.', '_')))
          assert.ok(sample?.metric[label], `${series} has no label ${label}: ${JSON.stringify(sample?.metric)}`);
      }
      // Prometheus takes every expression, and those on OpenClaw's own series have something to show.
      for (const { place, expr } of [...alertExpressions(rules), ...panels]) {
        const own = seriesOf(expr).every((name) => name.startsWith('openclaw_'));
        const found = own && panels.some((panel) => panel.expr === expr) ? await prometheus.awaited(expr) : await prometheus.query(expr);
        assert.ok(Array.isArray(found), place);
      }
      const stuck = await prometheus.alert('OpenClawSessionsStuck', 'firing');
      assert.deepEqual(stuck.labels, { alertname: 'OpenClawSessionsStuck', namespace: 'agents', pod: POD, severity: 'warning' });
      assert.equal(stuck.annotations['summary'], `Sessions of agents/${POD} are stuck`);
      await prometheus.alert('OpenClawMessagesFailing', 'pending');

      plugin.stop();
      await agent.pod.container('otel-collector').stop(10_000);
      const missing = await prometheus.alert('OpenClawMetricsMissing', 'pending');
      assert.equal(missing.labels['pod'], POD);
    } finally {
      plugin.stop();
      prometheus.stop();
    }
    await agent.restart();
  },
};

function startPlugin(agent: Agent): ReturnType<typeof startProgram> {
  const program = fileURLToPath(import.meta.resolve('../programs/diagnostics-client.ts'));
  const config = JSON.parse(render(metricsInstance(agent.version, '')).get('ConfigMap', 'ada-config').data?.['openclaw.json'] ?? '{}') as {
    diagnostics: { otel: { endpoint: string } };
  };
  const argv = [process.execPath, program, OPENTELEMETRY, config.diagnostics.otel.endpoint, JSON.stringify(OPENCLAW_INSTRUMENTS)];
  return startProgram({ name: 'diagnostics-client', argv }, agent.pod.network.path, join(DIRECTORY, 'diagnostics-client'));
}
