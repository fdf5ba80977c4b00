import { finish } from '../../pod-runner/command.ts';
import type { ContainerImage } from '../../pod-runner/container-image.ts';
import { binary } from '../../tools/binary.ts';
import type { AgentCase } from '../agent-case.ts';
import { collector } from '../checks/collector.ts';
import { documentedMetrics } from '../checks/documented-metrics.ts';
import { ON_START } from '../checks/index.ts';
import { metricsArrive } from '../checks/metrics-arrive.ts';
import { quietLog } from '../checks/quiet-log.ts';
import { volumeLayout } from '../checks/volume-layout.ts';
import { volumeLimits } from '../checks/volume-limits.ts';
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

async function collectorImage(): Promise<ContainerImage> {
  const program = await binary('otelcol');
  const { stdout } = await finish(program, ['--version'], {}, 10_000);
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? '';
  return {
    matches: (reference) => reference === `docker.io/otel/opentelemetry-collector:${version}`,
    contains: [{ source: program, target: '/otelcol' }],
    links: [],
    entrypoint: ['/otelcol'],
    cmd: ['--config', '/etc/otelcol/config.yaml'],
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    workingDir: '/',
    user: { name: 'otel', uid: 10001, gid: 10001, home: '/' },
    stopSignal: 'SIGTERM',
  };
}
