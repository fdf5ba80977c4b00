import { finish } from '../pod-runner/command.ts';
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { binary } from '../tools/binary.ts';

/** The real collector for the reference that has its version. */
export async function collectorImage(): Promise<ContainerImage> {
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
