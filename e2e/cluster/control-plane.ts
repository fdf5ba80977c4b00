/** Starts etcd and kube-apiserver on loopback with throw-away data, and ends them by pid. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from './api-client.ts';
import type { ApiConnection } from './api-client.ts';
import { binary } from '../tools/binary.ts';

export interface ControlPlane {
  /** As a member of `system:masters`. */
  readonly connection: ApiConnection;
  readonly stop: () => Promise<void>;
}

const READY_TIMEOUT_SECONDS = 120;

/** A ready API server without controllers: nothing but its own admission changes what is stored. */
export async function startControlPlane(): Promise<ControlPlane> {
  const etcd = await binary('etcd');
  const apiServer = await binary('kube-apiserver');
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-cluster-'));
  const processes: ChildProcess[] = [];
  async function stop(): Promise<void> {
    for (const child of processes) await ended(child);
    await rm(directory, { recursive: true, force: true });
  }
  try {
    const [etcdPort, peerPort, apiPort] = await freePorts(3);
    const etcdUrl = `http://127.0.0.1:${etcdPort}`;
    const peerUrl = `http://127.0.0.1:${peerPort}`;
    const token = randomBytes(16).toString('hex');
    await writeFile(join(directory, 'tokens.csv'), `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeFile(join(directory, 'service-accounts.key'), privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
    await writeFile(join(directory, 'service-accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));

    processes.push(
      start(directory, etcd, [
        '--name=e2e',
        `--data-dir=${join(directory, 'etcd')}`,
        '--unsafe-no-fsync',
        '--log-level=warn',
        `--listen-client-urls=${etcdUrl}`,
        `--advertise-client-urls=${etcdUrl}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=e2e=${peerUrl}`,
      ]),
      start(directory, apiServer, [
        `--etcd-servers=${etcdUrl}`,
        '--bind-address=127.0.0.1',
        '--advertise-address=127.0.0.1',
        `--secure-port=${apiPort}`,
        // Makes its own certificate there, with its authority in the same file.
        `--cert-dir=${directory}`,
        `--token-auth-file=${join(directory, 'tokens.csv')}`,
        '--anonymous-auth=false',
        '--authorization-mode=RBAC',
        // A loopback address is refused as the endpoint of the Service "kubernetes".
        '--endpoint-reconciler-type=none',
        '--service-cluster-ip-range=10.96.0.0/16',
        '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
        `--service-account-key-file=${join(directory, 'service-accounts.pub')}`,
        `--service-account-signing-key-file=${join(directory, 'service-accounts.key')}`,
        '--allow-privileged=true',
        '--profiling=false',
      ]),
    );
    const connection = await ready(directory, processes, { server: `https://127.0.0.1:${apiPort}`, token });
    return { connection, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function start(directory: string, executable: string, flags: readonly string[]): ChildProcess {
  const log = openSync(logFile(directory, executable), 'w');
  // The kernel ends it with us, however we end.
  const child = spawn('setpriv', ['--pdeathsig=KILL', '--', executable, ...flags], { stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

function logFile(directory: string, executable: string): string {
  return join(directory, `${executable.slice(executable.lastIndexOf('/') + 1)}.log`);
}

async function ready(
  directory: string,
  processes: readonly ChildProcess[],
  target: { readonly server: string; readonly token: string },
): Promise<ApiConnection> {
  const certificate = join(directory, 'apiserver.crt');
  const deadline = performance.now() + READY_TIMEOUT_SECONDS * 1000;
  while (performance.now() < deadline) {
    for (const child of processes) {
      if (child.exitCode === null && child.signalCode === null) continue;
      const executable = child.spawnargs[3] ?? '';
      const lines = readFileSync(logFile(directory, executable), 'utf8').trimEnd().split('\n');
      throw new Error(`${executable} ended:\n${lines.slice(-8).join('\n')}`);
    }
    if (existsSync(certificate)) {
      const connection = { ...target, certificateAuthority: await readFile(certificate, 'utf8') };
      if (await answersReady(connection)) return connection;
    }
    await sleep(100);
  }
  throw new Error(`kube-apiserver was not ready after ${READY_TIMEOUT_SECONDS} s`);
}

async function answersReady(connection: ApiConnection): Promise<boolean> {
  const client = new ApiClient(connection);
  try {
    return (await client.send('GET', '/readyz')).status === 200;
  } catch {
    return false; // not listening yet
  } finally {
    client.close();
  }
}

/** SIGKILL: the data is thrown away, and a graceful stop of the API server takes over five seconds. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = [];
  const ports = [];
  // All are held until the last is known, so that no port is given twice.
  for (let index = 0; index < count; index += 1) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    ports.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
