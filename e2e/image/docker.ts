/** Docker's own engine, of Debian: without a bridge, without rules for packets, with everything it keeps in one directory. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { debianFile } from '../tools/debian.ts';

const NO_NETWORK = ['--bridge=none', '--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false'];

/** While `work` runs, `docker` is its client, and a daemon answers. */
export async function withDocker(directory: string, work: () => Promise<void>): Promise<void> {
  const daemon = await debianFile('docker.io', 'usr/sbin/dockerd');
  const client = await debianFile('docker.io', 'usr/bin/docker');
  const containers = await debianFile('containerd', 'usr/bin/containerd');
  const { PATH } = process.env;
  process.env['PATH'] = [dirname(client), dirname(containers), PATH, '/usr/sbin'].join(delimiter);
  process.env['DOCKER_HOST'] = `unix://${join(directory, 'socket')}`;
  try {
    await withDaemon(daemon, directory, work);
  } finally {
    process.env['PATH'] = PATH;
    delete process.env['DOCKER_HOST'];
  }
}

async function withDaemon(program: string, directory: string, work: () => Promise<void>): Promise<void> {
  mkdirSync(directory);
  const places = ['--data-root', join(directory, 'data'), '--exec-root', join(directory, 'run'), '--pidfile', join(directory, 'pid')];
  const daemon = spawn(program, [...NO_NETWORK, ...places, '--host', process.env['DOCKER_HOST'] ?? ''], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  let log = '';
  daemon.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-5000);
  });
  try {
    for (let tries = 0; spawnSync('docker', ['version']).status !== 0; tries += 1) {
      if (tries === 100 || daemon.exitCode !== null) throw new Error(`dockerd does not start: ${log}`);
      await wait(200);
    }
    await work();
  } finally {
    daemon.kill('SIGTERM');
    await ended;
  }
}
