/** The real Prometheus, told what to collect by a rendered ServiceMonitor as the Prometheus Operator would tell it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { Container, KubeObject, Service } from '../../src/kube/types.ts';
import type { RuleGroups } from '../../test/features/expressions.ts';
import { startProgram, type RunningProgram } from '../pod-runner/program.ts';
import { debianFile } from '../tools/debian.ts';
import { call } from './http-client.ts';

const PORT = 19090;
const PATIENCE_MILLISECONDS = 60_000;

export interface ServiceMonitor extends KubeObject {
  readonly spec: {
    readonly endpoints: readonly { readonly interval: string; readonly path: string; readonly port: string }[];
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  };
}

export interface Target {
  readonly monitor: ServiceMonitor;
  readonly services: readonly Service[];
  readonly pod: { readonly name: string; readonly address: string; readonly containers: readonly Container[] };
}

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

interface ActiveAlert {
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export async function installPrometheus(): Promise<string> {
  return debianFile('prometheus', 'usr/bin/prometheus');
}

/** The scrape configuration that the operator makes of the monitor, with the one address that its discovery would find. */
export function scrapeConfigs({ monitor, services, pod }: Target): object[] {
  const { endpoints, selector } = monitor.spec;
  const matching = services.filter(({ metadata }) =>
    Object.entries(selector.matchLabels).every(([key, value]) => metadata?.labels?.[key] === value),
  );
  return endpoints.flatMap(({ interval, path, port }, index) =>
    matching.flatMap((service) => {
      const found = (service.spec?.ports ?? []).find(({ name }) => name === port);
      if (found === undefined) return [];
      const container = pod.containers.find(({ ports = [] }) => ports.some(({ containerPort }) => containerPort === found.targetPort));
      if (container === undefined) throw new Error(`no container has port ${found.targetPort}`);
      const labels = {
        namespace: monitor.metadata.namespace,
        service: service.metadata?.name,
        pod: pod.name,
        container: container.name,
        endpoint: port,
        job: service.metadata?.name,
      };
      return [
        {
          job_name: `serviceMonitor/${monitor.metadata.namespace}/${monitor.metadata.name}/${index}`,
          scrape_interval: interval,
          scrape_timeout: interval,
          metrics_path: path,
          static_configs: [{ targets: [`${pod.address}:${found.targetPort}`], labels }],
        },
      ];
    }),
  );
}

export class Prometheus {
  readonly #program: RunningProgram;

  static async start(directory: string, scrapes: readonly object[], rules: RuleGroups): Promise<Prometheus> {
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'prometheus.yml');
    writeFileSync(join(directory, 'rules.yml'), stringify(rules));
    const config = { global: { evaluation_interval: '1s' }, rule_files: ['rules.yml'], scrape_configs: scrapes };
    writeFileSync(file, stringify(config));
    const argv = [
      await installPrometheus(),
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=127.0.0.1:${PORT}`,
    ];
    return new Prometheus(await startProgram({ name: 'prometheus', argv, port: PORT }, null, join(directory, 'log')));
  }

  private constructor(program: RunningProgram) {
    this.#program = program;
  }

  stop(): void {
    this.#program.stop();
  }

  /** What an expression gives now; throws with Prometheus' own words when it refuses it. */
  async query(expr: string): Promise<readonly Sample[]> {
    return (await this.#ask<{ result: readonly Sample[] }>(`/api/v1/query?query=${encodeURIComponent(expr)}`)).result;
  }

  /** What an expression gives, once it gives anything. */
  async awaited(expr: string): Promise<readonly Sample[]> {
    return eventually(`a sample of ${expr}`, async () => {
      const found = await this.query(expr);
      return found.length > 0 ? found : null;
    });
  }

  /** An alert, once it is in that state. */
  async alert(name: string, state: ActiveAlert['state']): Promise<ActiveAlert> {
    return eventually(`${name} ${state}`, async () => {
      const { alerts } = await this.#ask<{ alerts: readonly ActiveAlert[] }>('/api/v1/alerts');
      return alerts.find((alert) => alert.labels['alertname'] === name && alert.state === state) ?? null;
    });
  }

  async #ask<T>(path: string): Promise<T> {
    const { status, body } = await call({ host: '127.0.0.1', port: PORT, localAddress: '127.0.0.1' }, { path });
    const answer = JSON.parse(body) as { status: string; error?: string; data: T };
    if (status !== 200 || answer.status !== 'success') throw new Error(`${decodeURIComponent(path)}: ${status} ${answer.error}`);
    return answer.data;
  }
}

async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  for (const end = performance.now() + PATIENCE_MILLISECONDS; performance.now() < end; await sleep(250)) {
    const found = await look();
    if (found !== null) return found;
  }
  throw new Error(`${what}: not within ${PATIENCE_MILLISECONDS / 1000} s`);
}
