import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Probe } from '../../src/kube/types.ts';
import type { RunningContainer } from './container-process.ts';
import type { PodNetwork } from './pod-network.ts';

export interface ProbeResult {
  readonly passed: boolean;
  /** Body of an HTTP answer, output of a command, or the reason. */
  readonly body: string;
}

/** One try, from where the kubelet does it: the node for HTTP and TCP, inside the container for commands. */
export async function tryProbe(probe: Probe, container: Container, running: RunningContainer, network: PodNetwork): Promise<ProbeResult> {
  const timeout = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.exec) {
    try {
      const { code, stdout, stderr } = await running.exec(probe.exec.command ?? [], timeout);
      return { passed: code === 0, body: stdout + stderr };
    } catch (error) {
      if (running.hasEnded()) return { passed: false, body: 'the container has ended' };
      throw error;
    }
  }
  if (probe.httpGet) {
    const headers = Object.fromEntries((probe.httpGet.httpHeaders ?? []).map(({ name, value }) => [name, value]));
    if (probe.httpGet.scheme === 'HTTPS') throw new Error('the pod runner does not know HTTPS probes');
    return get(
      probe.httpGet.host ?? network.podAddress,
      portNumber(probe.httpGet.port, container),
      probe.httpGet.path ?? '/',
      headers,
      network.nodeAddress,
      timeout,
    );
  }
  if (probe.tcpSocket) return opens(network.podAddress, portNumber(probe.tcpSocket.port, container), timeout);
  throw new Error(`container ${container.name}: the pod runner does not know this probe: ${Object.keys(probe).join(', ')}`);
}

/** Tries until the probe passes; fails when the kubelet would have given up, or the container has ended. */
export async function waitForProbe(probe: Probe, container: Container, running: RunningContainer, network: PodNetwork): Promise<void> {
  const budget = (probe.initialDelaySeconds ?? 0) + (probe.failureThreshold ?? 3) * (probe.periodSeconds ?? 10);
  const end = Date.now() + budget * 1000;
  for (;;) {
    const { passed, body } = await tryProbe(probe, container, running, network);
    if (passed) return;
    if (running.hasEnded())
      throw new Error(`container ${running.name} ended: ${JSON.stringify(await running.ended)}\n${tail(running.log())}`);
    if (Date.now() > end)
      throw new Error(`container ${running.name}: a probe failed for ${budget} s, last: ${body}\n${tail(running.log())}`);
    await sleep(500);
  }
}

/** The last lines of a log. */
export function tail(log: string): string {
  return log.trimEnd().split('\n').slice(-25).join('\n');
}

function portNumber(port: number | string, container: Container): number {
  if (typeof port === 'number') return port;
  const found = (container.ports ?? []).find(({ name }) => name === port);
  if (!found) throw new Error(`container ${container.name} has no port ${port}`);
  return found.containerPort;
}

function get(
  host: string,
  port: number,
  path: string,
  headers: Record<string, string>,
  localAddress: string,
  timeout: number,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const sent = request(
      { host, port, path, headers: { 'User-Agent': 'kube-probe', ...headers }, localAddress, timeout, agent: false },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => (body += text));
        answer.on('end', () =>
          resolve({ passed: answer.statusCode !== undefined && answer.statusCode >= 200 && answer.statusCode < 400, body }),
        );
        answer.on('error', (error) => resolve({ passed: false, body: error.message }));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('timed out')));
    sent.on('error', (error) => resolve({ passed: false, body: error.message }));
    sent.end();
  });
}

function opens(host: string, port: number, timeout: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout });
    const settle = (passed: boolean, body: string): void => {
      socket.destroy();
      resolve({ passed, body });
    };
    socket.on('connect', () => settle(true, ''));
    socket.on('timeout', () => settle(false, 'timed out'));
    socket.on('error', (error) => settle(false, error.message));
  });
}
