/** One rendered instance with its running pod, and the ways in which the checks reach it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StatefulSet } from '../../src/kube/types.ts';
import type { ClusterObjects } from '../pod-runner/cluster-objects.ts';
import type { Finished } from '../pod-runner/command.ts';
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { REMOTE_CLIENTS } from '../pod-runner/pod-network.ts';
import { startPod, type Pod } from '../pod-runner/pod.ts';
import { startProgram, type RunningProgram } from '../pod-runner/program.ts';
import { SANDBOX_DIRECTORY } from '../pod-runner/sandbox.ts';
import type { AgentCase } from './agent-case.ts';
import { fillSecrets, gatewayToken } from './fill-secrets.ts';
import { call } from './http-client.ts';
import { nginxImage, openclawImage } from './images.ts';
import { operatorStatefulSet } from './operator-pod.ts';
import { render, renderDirectory } from './render.ts';
import type { Route } from './route.ts';

const GATEWAY_PORT = 18789;
const PROXY_PORT = 18780;

export class Agent {
  readonly version: string;
  readonly agentCase: AgentCase;
  /** Directory of the volumes that outlive the pod. */
  readonly claims: string;
  readonly #images: readonly ContainerImage[];
  readonly #beyondPod: RunningProgram[] = [];
  #objects: ClusterObjects;
  #pod: Pod | null = null;

  /** Renders the case; `volumes` names another set of volumes than the case's own. */
  static async of(version: string, agentCase: AgentCase, volumes: string = agentCase.name): Promise<Agent> {
    const own = (await agentCase.images?.(version)) ?? [];
    return new Agent(version, agentCase, volumes, [openclawImage(version), nginxImage, ...own]);
  }

  private constructor(version: string, agentCase: AgentCase, volumes: string, images: readonly ContainerImage[]) {
    this.version = version;
    this.agentCase = agentCase;
    this.claims = join(SANDBOX_DIRECTORY, 'claims', version, volumes);
    this.#images = images;
    this.#objects = this.#renderCase();
    for (const object of agentCase.inCluster ?? []) this.#objects.put(object);
    fillSecrets(this.#objects);
  }

  get pod(): Pod {
    if (!this.#pod) throw new Error('the pod does not run');
    return this.#pod;
  }

  get objects(): ClusterObjects {
    return this.#objects;
  }

  get token(): string {
    return gatewayToken(this.#objects, this.#objects.only('StatefulSet'));
  }

  async start(): Promise<void> {
    if (this.#beyondPod.length === 0) await this.#startBeyondPod();
    const { leftOut = [], forwardedPorts = [] } = this.agentCase;
    this.#pod = await this.#startPod(this.#objects.only('StatefulSet'), leftOut, [PROXY_PORT, GATEWAY_PORT, ...forwardedPorts]);
  }

  /** Starts the pod that the operator would have on the same volume, until the next stop. */
  async startOperatorPod(): Promise<void> {
    this.#pod = await this.#startPod(operatorStatefulSet(this.#objects.only('StatefulSet')), [], [GATEWAY_PORT]);
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

  /** Ends everything, also what is beyond the pod. */
  async end(): Promise<void> {
    try {
      await this.stop();
    } finally {
      for (const program of this.#beyondPod.splice(0)) program.stop();
    }
  }

  /** Applies another text of the instance, without a restart: the kubelet lays the new ConfigMaps into the running pod. */
  change(changed: object): void {
    for (const configMap of this.#render(changed).all('ConfigMap')) this.#objects.put(configMap as Parameters<ClusterObjects['put']>[0]);
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

  /** A port-forward to one of the case's `forwardedPorts`. */
  forwarded(port: number): Route {
    return { socketPath: this.pod.forwarded(port) };
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

  #renderCase(): ClusterObjects {
    const { name, instance, directory } = this.agentCase;
    if (directory !== undefined) return renderDirectory(directory, '--openclaw-version', this.version);
    if (instance === null) throw new Error(`the case ${name} has nothing to render`);
    return this.#render(instance(this.version));
  }

  #render(instance: object): ClusterObjects {
    return render(instance, this.agentCase.input, this.agentCase.files);
  }

  #startPod(statefulSet: StatefulSet, leftOut: readonly string[], forwardedPorts: readonly number[]): Promise<Pod> {
    const { besideContainers = [], hosts = {} } = this.agentCase;
    const [objects, images, claims] = [this.#objects, this.#images, this.claims];
    return startPod({ statefulSet, objects, images, claims, leftOut, forwardedPorts, besideContainers, hosts });
  }

  async #startBeyondPod(): Promise<void> {
    const logs = join(SANDBOX_DIRECTORY, 'beyond-pod');
    mkdirSync(logs, { recursive: true });
    for (const program of (await this.agentCase.beyondPod?.(this.#objects)) ?? [])
      this.#beyondPod.push(await startProgram(program, null, join(logs, program.name)));
  }
}
