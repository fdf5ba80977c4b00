/** One rendered instance with its running pod, and the ways in which the checks reach it. */
import { join } from 'node:path';
import type { ClusterObjects } from '../pod-runner/cluster-objects.ts';
import type { Finished } from '../pod-runner/command.ts';
import { REMOTE_CLIENTS } from '../pod-runner/pod-network.ts';
import { startPod, type Pod } from '../pod-runner/pod.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import { fillSecrets, gatewayToken } from './fill-secrets.ts';
import { call } from './http-client.ts';
import { nginxImage, openclawImage } from './images.ts';
import { instance, type CaseName } from './instances.ts';
import { operatorStatefulSet } from './operator-pod.ts';
import { render } from './render.ts';
import type { Route } from './route.ts';

const GATEWAY_PORT = 18789;
const PROXY_PORT = 18780;

export class Agent {
  readonly version: string;
  readonly caseName: CaseName;
  /** Directory of the volumes that outlive the pod. */
  readonly claims: string;
  #objects: ClusterObjects;
  #pod: Pod | null = null;

  constructor(version: string, caseName: CaseName, volumes: string = caseName) {
    this.version = version;
    this.caseName = caseName;
    this.claims = join(SANDBOX_DIRECTORY, 'claims', version, volumes);
    this.#objects = render(instance(caseName, version));
    fillSecrets(this.#objects);
  }

  get pod(): Pod {
    if (!this.#pod) throw new Error('the pod does not run');
    return this.#pod;
  }

  get token(): string {
    return gatewayToken(this.#objects, this.#objects.only('StatefulSet'));
  }

  async start(): Promise<void> {
    this.#pod = await startPod({
      statefulSet: this.#objects.only('StatefulSet'),
      objects: this.#objects,
      images: [openclawImage(this.version), nginxImage],
      claims: this.claims,
      leftOut: ['otel-collector'],
      forwardedPorts: [PROXY_PORT, GATEWAY_PORT],
    });
  }

  /** Starts the pod that the operator would have on the same volume, until the next stop. */
  async startOperatorPod(): Promise<void> {
    this.#pod = await startPod({
      statefulSet: operatorStatefulSet(this.#objects.only('StatefulSet')),
      objects: this.#objects,
      images: [openclawImage(this.version)],
      claims: this.claims,
      leftOut: [],
      forwardedPorts: [GATEWAY_PORT],
    });
  }

  /** Ends the pod; every container must leave on its stop signal. */
  async stop(): Promise<void> {
    const pod = this.#pod;
    this.#pod = null;
    const killed = (await pod?.stop()) ?? [];
    if (killed.length > 0) throw new Error(`did not leave on the stop signal: ${killed.join(', ')}`);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Applies another text of the instance, without a restart: the kubelet lays the new ConfigMaps into the running pod. */
  change(changed: object): void {
    for (const configMap of render(changed).all('ConfigMap')) this.#objects.put(configMap as Parameters<ClusterObjects['put']>[0]);
    this.pod.refreshVolumes();
  }

  /** What `kubectl port-forward` of the Service leads to. */
  get local(): Route {
    return { socketPath: this.pod.forwarded(PROXY_PORT) };
  }

  /** A port-forward to the gateway's own port. */
  get localWithoutProxy(): Route {
    return { socketPath: this.pod.forwarded(GATEWAY_PORT) };
  }

  /** One of the remote addresses, through the proxy. */
  remote(client: 0 | 1 | 2 | 3): Route {
    return { host: this.pod.network.podAddress, port: PROXY_PORT, localAddress: REMOTE_CLIENTS[client] };
  }

  /** Runs `openclaw …` in the agent's container. */
  openclaw(...args: readonly string[]): Promise<Finished> {
    return this.pod.container('openclaw').exec(['node', '/app/openclaw.mjs', ...args], 180_000);
  }

  /** The status of an authenticated call to the gateway. */
  async statusWithToken(route: Route, token: string | null): Promise<number> {
    const headers = { 'Content-Type': 'application/json', ...(token !== null && { Authorization: `Bearer ${token}` }) };
    const body = JSON.stringify({ tool: 'sessions_list', args: {} });
    return (await call(route, { method: 'POST', path: '/tools/invoke', headers, body })).status;
  }
}
