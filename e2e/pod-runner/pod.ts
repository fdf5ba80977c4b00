/** A StatefulSet's pod, run from nothing but its manifest and the objects beside it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PodSpec, StatefulSet } from '../../src/kube/types.ts';
import type { ClusterObjects } from './cluster-objects.ts';
import type { ContainerImage } from './container-image.ts';
import type { RunningContainer } from './container-process.ts';
import { mountVolumes, refreshVolumes, type MountedVolumes } from './kubelet-volumes.ts';
import { startPodContainer, type PodSurroundings } from './pod-containers.ts';
import { createPodNetwork, removePodNetwork, type PodNetwork } from './pod-network.ts';
import { tail, tryProbe, waitForProbe, type ProbeResult } from './probes.ts';
import { SANDBOX_DIRECTORY } from './sandbox.ts';
import { refuseUnknownFields } from './supported-fields.ts';

export interface PodOptions {
  readonly statefulSet: StatefulSet;
  readonly objects: ClusterObjects;
  readonly images: readonly ContainerImage[];
  /** Holds the volumes that outlive the pod; another directory is another set of volumes. */
  readonly claims: string;
  /** Names of containers that play no part here. */
  readonly leftOut: readonly string[];
  /** Loopback ports of the pod to forward. */
  readonly forwardedPorts: readonly number[];
}

export type ProbeKind = 'startupProbe' | 'livenessProbe' | 'readinessProbe';

/** A stuck container is killed after this long, whatever longer grace the manifest gives. */
const LONGEST_GRACE_SECONDS = 60;

let pods = 0;

/** Starts the pod and returns when every container is ready; a container that ends or never gets ready is an error with its log. */
export async function startPod(options: PodOptions): Promise<Pod> {
  const spec = options.statefulSet.spec?.template.spec;
  if (!spec) throw new Error('the StatefulSet has no pod');
  refuseUnknownFields(spec);
  pods += 1;
  const directory = join(SANDBOX_DIRECTORY, String(pods));
  for (const name of ['volumes', 'roots', 'logs', 'forward']) mkdirSync(join(directory, name), { recursive: true });
  const pod = new Pod(options, spec, directory, createPodNetwork());
  try {
    await pod.start();
  } catch (error) {
    await pod.stop();
    throw error;
  }
  return pod;
}

export class Pod {
  readonly spec: PodSpec;
  readonly network: PodNetwork;
  readonly volumes: MountedVolumes;
  readonly #options: PodOptions;
  readonly #surroundings: PodSurroundings;
  readonly #running = new Map<string, RunningContainer>();
  readonly #beside: ChildProcess[] = [];

  constructor(options: PodOptions, spec: PodSpec, directory: string, network: PodNetwork) {
    const { metadata } = options.statefulSet;
    this.#options = options;
    this.spec = spec;
    this.network = network;
    this.volumes = mountVolumes(spec, options.objects, join(directory, 'volumes'), options.claims);
    const { objects, images } = options;
    const name = `${metadata?.name ?? ''}-0`;
    this.#surroundings = { name, namespace: metadata?.namespace ?? '', spec, objects, images, volumes: this.volumes, network, directory };
  }

  /** Init containers one after the other, then all others at once; returns when they are ready. */
  async start(): Promise<void> {
    for (const container of this.spec.initContainers ?? []) await runToEnd(startPodContainer(this.#surroundings, container));
    const containers = this.spec.containers.filter(({ name }) => !this.#options.leftOut.includes(name));
    for (const container of containers) this.#running.set(container.name, startPodContainer(this.#surroundings, container));
    const { forwardedPorts } = this.#options;
    const portForward = fileURLToPath(import.meta.resolve('./port-forward.ts'));
    this.runBeside([process.execPath, portForward, join(this.#surroundings.directory, 'forward'), ...forwardedPorts.map(String)]);
    for (const container of containers) {
      for (const probe of [container.startupProbe, container.readinessProbe]) {
        if (probe) await waitForProbe(probe, container, this.container(container.name), this.network);
      }
    }
    while (!forwardedPorts.every((port) => existsSync(this.forwarded(port)))) await sleep(20);
  }

  container(name: string): RunningContainer {
    const found = this.#running.get(name);
    if (!found) throw new Error(`the pod runs no container ${name}`);
    return found;
  }

  probe(containerName: string, kind: ProbeKind): Promise<ProbeResult> {
    const container = this.spec.containers.find(({ name }) => name === containerName);
    const probe = container?.[kind];
    if (!container || !probe) throw new Error(`container ${containerName} has no ${kind}`);
    return tryProbe(probe, container, this.container(containerName), this.network);
  }

  /** Socket file that leads to a port on the pod's 127.0.0.1. */
  forwarded(port: number): string {
    return join(this.#surroundings.directory, 'forward', `${port}.sock`);
  }

  /** Runs a program of the machine in the pod's network, as another container would. */
  runBeside(argv: readonly string[]): void {
    this.#beside.push(spawn('/usr/bin/nsenter', [`--net=${this.network.path}`, ...argv], { stdio: ['ignore', 'inherit', 'inherit'] }));
  }

  /** Lays changed ConfigMaps and Secrets into the volumes. */
  refreshVolumes(): void {
    refreshVolumes(this.spec, this.#options.objects, this.volumes);
  }

  /** Ends all containers at once; names those that had to be killed. */
  async stop(): Promise<readonly string[]> {
    const grace = Math.min(this.spec.terminationGracePeriodSeconds ?? 30, LONGEST_GRACE_SECONDS) * 1000;
    const running = [...this.#running.values()];
    const leftInTime = await Promise.all(running.map((container) => container.stop(grace)));
    for (const child of this.#beside) child.kill('SIGKILL');
    removePodNetwork();
    return running.filter((_, index) => !leftInTime[index]).map(({ name }) => name);
  }
}

async function runToEnd(container: RunningContainer): Promise<void> {
  const { code, signal } = await container.ended;
  if (code !== 0) throw new Error(`init container ${container.name}: ${signal ?? `exit code ${code}`}\n${tail(container.log())}`);
}
