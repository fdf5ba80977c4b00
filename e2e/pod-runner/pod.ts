/** A StatefulSet's pod, run from nothing but its manifest and the objects beside it. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Container, PodSpec, StatefulSet } from '../../src/kube/types.ts';
import type { ClusterObjects } from './cluster-objects.ts';
import type { ContainerImage } from './container-image.ts';
import type { RunningContainer } from './container-process.ts';
import { mountVolumes, refreshVolumes, type MountedVolumes } from './kubelet-volumes.ts';
import { startPodContainer, type PodSurroundings } from './pod-containers.ts';
import { createPodNetwork, removePodNetwork, type PodNetwork } from './pod-network.ts';
import { tail, tryProbe, waitForProbe, type ProbeResult } from './probes.ts';
import { startProgram, type Program, type RunningProgram } from './program.ts';
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
  /** Programs of the machine in the pod's network, there before the first container. */
  readonly besideContainers: readonly Program[];
  /** Address by name, beside the pod's own. */
  readonly hosts: Readonly<Record<string, string>>;
}

export type ProbeKind = 'startupProbe' | 'livenessProbe' | 'readinessProbe';

/** A stuck container is killed after this long, whatever longer grace the manifest gives. */
const LONGEST_GRACE_SECONDS = 60;
/** The kubelet leaves a sidecar this long even when the others have used up the pod's grace. */
const LEAST_GRACE_SECONDS = 2;

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
  /** In the order in which they started: sidecars first. */
  readonly #running: { readonly container: Container; readonly isSidecar: boolean; readonly process: RunningContainer }[] = [];
  readonly #programs: RunningProgram[] = [];

  constructor(options: PodOptions, spec: PodSpec, directory: string, network: PodNetwork) {
    const { metadata } = options.statefulSet;
    this.#options = options;
    this.spec = spec;
    this.network = network;
    this.volumes = mountVolumes(spec, options.objects, join(directory, 'volumes'), options.claims);
    const { objects, images, hosts } = options;
    const name = `${metadata?.name ?? ''}-0`;
    this.#surroundings = {
      name,
      namespace: metadata?.namespace ?? '',
      spec,
      objects,
      images,
      hosts,
      volumes: this.volumes,
      network,
      directory,
    };
  }

  /**
   * Init containers one after the other: each to its end, or, when it is a sidecar, until its startup probe has passed. Then all other
   * containers at once. Returns when all that keep running are ready.
   */
  async start(): Promise<void> {
    const { forwardedPorts, besideContainers, leftOut } = this.#options;
    for (const program of besideContainers) await this.#startProgram(program);
    for (const container of this.spec.initContainers ?? []) {
      if (leftOut.includes(container.name)) continue;
      const process = startPodContainer(this.#surroundings, container);
      if (container.restartPolicy !== 'Always') {
        await runToEnd(process);
        continue;
      }
      this.#running.push({ container, isSidecar: true, process });
      if (container.startupProbe) await waitForProbe(container.startupProbe, container, process, this.network);
    }
    for (const container of this.spec.containers) {
      if (leftOut.includes(container.name)) continue;
      this.#running.push({ container, isSidecar: false, process: startPodContainer(this.#surroundings, container) });
    }
    const portForward = fileURLToPath(import.meta.resolve('./port-forward.ts'));
    const sockets = join(this.#surroundings.directory, 'forward');
    await this.#startProgram({ name: 'port-forward', argv: [process.execPath, portForward, sockets, ...forwardedPorts.map(String)] });
    for (const { container, isSidecar, process } of this.#running) {
      for (const probe of [isSidecar ? undefined : container.startupProbe, container.readinessProbe])
        if (probe) await waitForProbe(probe, container, process, this.network);
    }
    while (!forwardedPorts.every((port) => existsSync(this.forwarded(port)))) await sleep(20);
    for (const { process } of this.#running) if (process.hasEnded()) await runToEnd(process);
  }

  /** The manifests of the containers that keep running, sidecars first. */
  get running(): readonly Container[] {
    return this.#running.map(({ container }) => container);
  }

  container(name: string): RunningContainer {
    return this.#runningNamed(name).process;
  }

  probe(containerName: string, kind: ProbeKind): Promise<ProbeResult> {
    const { container, process } = this.#runningNamed(containerName);
    const probe = container[kind];
    if (!probe) throw new Error(`container ${containerName} has no ${kind}`);
    return tryProbe(probe, container, process, this.network);
  }

  /** Socket file that leads to a port on the pod's 127.0.0.1. */
  forwarded(port: number): string {
    return join(this.#surroundings.directory, 'forward', `${port}.sock`);
  }

  /** Lays changed ConfigMaps and Secrets into the volumes. */
  refreshVolumes(): void {
    refreshVolumes(this.spec, this.#options.objects, this.volumes);
  }

  /** What every container and program has printed, by name; also those that have ended. */
  logs(): Map<string, string> {
    const directory = join(this.#surroundings.directory, 'logs');
    return new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
  }

  /** Ends all containers at once, then the sidecars, the last one first; names those that had to be killed. */
  async stop(): Promise<readonly string[]> {
    const start = performance.now();
    const grace = Math.min(this.spec.terminationGracePeriodSeconds ?? 30, LONGEST_GRACE_SECONDS) * 1000;
    const killed: string[] = [];
    const stop = async (process: RunningContainer, milliseconds: number): Promise<void> => {
      if (!(await process.stop(milliseconds))) killed.push(process.name);
    };
    await Promise.all(this.#running.filter(({ isSidecar }) => !isSidecar).map(({ process }) => stop(process, grace)));
    for (const { process } of this.#running.filter(({ isSidecar }) => isSidecar).toReversed())
      await stop(process, Math.max(grace - (performance.now() - start), LEAST_GRACE_SECONDS * 1000));
    for (const program of this.#programs) program.stop();
    removePodNetwork();
    return killed;
  }

  async #startProgram(program: Program): Promise<void> {
    this.#programs.push(await startProgram(program, this.network.path, join(this.#surroundings.directory, 'logs', program.name)));
  }

  #runningNamed(name: string): { readonly container: Container; readonly process: RunningContainer } {
    const found = this.#running.find(({ container }) => container.name === name);
    if (!found) throw new Error(`the pod runs no container ${name}`);
    return found;
  }
}

async function runToEnd(container: RunningContainer): Promise<void> {
  const { code, signal } = await container.ended;
  if (code !== 0) throw new Error(`container ${container.name} ended: ${signal ?? `exit code ${code}`}\n${tail(container.log())}`);
}
