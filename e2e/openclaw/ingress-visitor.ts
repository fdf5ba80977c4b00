import { contentOf } from '../pod-runner/cluster-objects.ts';
import type { Agent } from './agent.ts';
import { connectionOutcome } from './connection-outcome.ts';
import { INGRESS_HOST, throughIngress } from './ingress-controller.ts';
import { newDevice, type Credentials } from './websocket-client.ts';

/** Headers of a visitor with the login that was made in the cluster. */
export function loginHeaders({ objects }: Agent): { readonly Host: string; readonly Authorization: string } {
  const login = contentOf(objects.get('Secret', 'ada-basic-auth'));
  return basicHeaders(String(login.get('username')), String(login.get('password')));
}

export function basicHeaders(username: string, password: string): { readonly Host: string; readonly Authorization: string } {
  return { Host: INGRESS_HOST, Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** How a new device of one of the remote addresses fares that comes through the Ingress with the login. */
export async function outcomeThroughIngress(
  agent: Agent,
  client: 0 | 1 | 2 | 3,
  { token = agent.token, headers = {}, ...rest }: Partial<Omit<Credentials, 'device'>> = {},
): Promise<string> {
  const all = { ...loginHeaders(agent), ...headers };
  return await connectionOutcome(throughIngress(client), { ...rest, token, device: newDevice(), headers: all });
}
