/** Another machine of the tailnet: how it joins, and how its browser reaches the agent. */
import assert from 'node:assert/strict';
import { request, type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { finish, type Finished } from '../pod-runner/command.ts';
import { NODE_ADDRESS } from '../pod-runner/pod-network.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { binary } from '../tools/binary.ts';
import type { Agent } from './agent.ts';
import type { Route } from './route.ts';
import { ACME_PORT, AUTH_KEY, CONTROL_PORT, DOMAIN, VISITOR_PORT, VISITOR_SOCKET } from './tailnet.ts';

/** Where the agent's page is, for a browser in the tailnet. */
export function agentHost(agent: Agent): string {
  const { initContainers = [], containers } = agent.pod.spec;
  const sidecar = [...initContainers, ...containers].find(({ name }) => name === 'tailscale');
  const hostname = sidecar?.env?.find(({ name }) => name === 'TS_HOSTNAME')?.value;
  if (hostname === undefined) throw new Error('the pod has no name in the tailnet');
  return `${hostname}.${DOMAIN}`;
}

interface Peer {
  readonly HostName: string;
  readonly DNSName: string;
  readonly TailscaleIPs: readonly string[];
  readonly Online: boolean;
}

/** Runs `tailscale …` on the visitor's machine. */
async function tailscale(...args: readonly string[]): Promise<Finished> {
  return finish(await binary('tailscale'), [`--socket=${VISITOR_SOCKET}`, ...args], process.env, 30_000);
}

/** Joins the tailnet; doing it again changes nothing. */
export async function visitorJoins(): Promise<void> {
  const login = [`--login-server=http://${NODE_ADDRESS}:${CONTROL_PORT}`, `--auth-key=${AUTH_KEY}`];
  const { code, stderr } = await tailscale('up', ...login, '--hostname=visitor', '--accept-dns=false', '--timeout=20s');
  assert.equal(code, 0, stderr);
}

/** The addresses of the agent as the visitor sees them; waits for it to appear. */
export async function agentAddresses(agent: Agent): Promise<readonly string[]> {
  const host = agentHost(agent);
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { stdout } = await tailscale('status', '--json');
    const { Peer: peers } = JSON.parse(stdout) as { Peer?: Readonly<Record<string, Peer>> };
    const found = Object.values(peers ?? {}).find(({ DNSName }) => DNSName === `${host}.`);
    if (found !== undefined) return found.TailscaleIPs;
    await sleep(200);
  }
  throw new Error(`the visitor sees no ${host}`);
}

/** The visitor's own address in the tailnet. */
export async function visitorAddress(): Promise<string> {
  return (await tailscale('ip', '-4')).stdout.trim();
}

/** The name by which the tailnet knows the visitor's user. */
export async function visitorLogin(): Promise<string> {
  const { stdout } = await tailscale('status', '--json');
  const { Self: self, User: users } = JSON.parse(stdout) as {
    Self: { UserID: number };
    User: Readonly<Record<string, { LoginName: string }>>;
  };
  return users[self.UserID]?.LoginName ?? '';
}

let routes = 0;

/**
 * Runs `use` with a way to the agent through the tailnet: what is sent into it goes by the visitor's machine over HTTPS, whose
 * certificate must be that of the name in the address.
 */
export async function throughTailnet(agent: Agent, use: (route: Route) => Promise<void>): Promise<void> {
  const [host, root] = [agentHost(agent), await acmeRoot()];
  routes += 1;
  const socketPath = join(SANDBOX_DIRECTORY, `visitor-${routes}.sock`);
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    tunnel(host)
      .then((socket) => {
        const secured = connect({ socket, servername: host, ca: root });
        secured.on('error', (error) => client.destroy(error));
        secured.on('close', () => client.destroy());
        client.on('close', () => secured.destroy());
        client.pipe(secured).pipe(client);
      })
      .catch((error: Error) => client.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  try {
    await use({ socketPath });
  } finally {
    server.close();
  }
}

/** A connection to port 443 of the agent through the visitor's proxy. */
function tunnel(host: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: VISITOR_PORT, method: 'CONNECT', path: `${host}:443`, agent: false });
    sent.on('connect', (answer: IncomingMessage, socket: Socket) => {
      if (answer.statusCode === 200) resolve(socket);
      else reject(new Error(`the visitor's proxy answers ${answer.statusCode}`));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** The authority of the certificates that the ACME server issues. */
function acmeRoot(): Promise<string> {
  return new Promise((resolve, reject) => {
    // Its own certificate is for the address that the pod knows it by.
    get({ host: '127.0.0.1', port: ACME_PORT, path: '/roots/0', rejectUnauthorized: false, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('end', () => resolve(text));
      answer.on('error', reject);
    }).on('error', reject);
  });
}

/** From now on a machine that the control server knows needs no key to come back, as with a real one. */
export function forgetAuthKey(): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: CONTROL_PORT, method: 'POST', path: '/forget-auth-key', agent: false }, (answer) => {
      answer.resume();
      if (answer.statusCode === 200) answer.on('end', resolve);
      else reject(new Error(`the control server answers ${answer.statusCode}`));
    });
    sent.on('error', reject);
    sent.end();
  });
}
