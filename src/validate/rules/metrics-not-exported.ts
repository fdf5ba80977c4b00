import type { Rule, RuleContext } from '../rule.ts';

const ASKING = ['serviceMonitor', 'grafanaDashboard'] as const;

export const metricsNotExported: Rule = {
  id: 'metrics-not-exported',
  severity: 'warning',
  summary: "OpenClaw's own metrics are asked for, and the image is not known to carry the plugin that exports them.",
  hint: 'use the official image, 2026.7.1 or newer; if yours has the plugin, set plugins.entries.diagnostics-otel.enabled in spec.config.raw',
  check({ instance: { spec }, resolved: { metrics } }: RuleContext) {
    if (!metrics.enabled || metrics.exports) return [];
    const asked = ASKING.find((field) => spec.observability?.metrics?.[field]?.enabled === true);
    if (asked === undefined) return [];
    return [
      {
        path: ['spec', 'observability', 'metrics', asked],
        part: 'key',
        message:
          'the image is not known to carry "diagnostics-otel", so OpenClaw exports nothing; expected an official image from 2026.7.1 on',
      },
    ];
  },
};
