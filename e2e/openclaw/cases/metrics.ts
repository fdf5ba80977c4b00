import { binary } from '../../tools/binary.ts';
import type { AgentCase } from '../agent-case.ts';
import { collector } from '../checks/collector.ts';
import { documentedMetrics } from '../checks/documented-metrics.ts';
import { ON_START } from '../checks/index.ts';
import { metricsArrive } from '../checks/metrics-arrive.ts';
import { quietLog } from '../checks/quiet-log.ts';
import { volumeLayout } from '../checks/volume-layout.ts';
import { volumeLimits } from '../checks/volume-limits.ts';
import { collectorImage } from '../collector-image.ts';
import { metricsInstance } from '../metrics-instance.ts';
import { installOpenTelemetry } from '../opentelemetry.ts';
import { installPrometheus } from '../prometheus.ts';

/** Metrics with the real collector, in the version that the image has, and the real Prometheus. */
export const metricsCase: AgentCase = {
  name: 'metrics',
  versions: ['2026.9.6'],
  instance: (version) => metricsInstance(version, '-slim'),
  install: async () => {
    installOpenTelemetry();
    await installPrometheus();
    await binary('otelcol');
  },
  images: async () => [await collectorImage()],
  checks: [...ON_START, collector, documentedMetrics, metricsArrive, quietLog, volumeLayout, volumeLimits],
};
