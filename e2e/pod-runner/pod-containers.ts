import { join } from 'node:path';
import type { Container, PodSpec } from '../../src/kube/types.ts';
import type { ClusterObjects } from './cluster-objects.ts';
import { containerEnvironment, expand } from './container-environment.ts';
import { containerIdentity } from './container-identity.ts';
import { imageOf, type ContainerImage } from './container-image.ts';
import { startContainer, type RunningContainer } from './container-process.ts';
import { buildContainerRoot } from './container-root.ts';
import type { MountedVolumes } from './kubelet-volumes.ts';
import type { PodNetwork } from './pod-network.ts';

/** What the containers of one pod share. */
export interface PodSurroundings {
  readonly name: string;
  readonly namespace: string;
  readonly spec: PodSpec;
  readonly objects: ClusterObjects;
  readonly images: readonly ContainerImage[];
  readonly hosts: Readonly<Record<string, string>>;
  readonly volumes: MountedVolumes;
  readonly network: PodNetwork;
  /** For roots and logs. */
  readonly directory: string;
}

/** Starts one container of the pod from its manifest. */
export function startPodContainer(pod: PodSurroundings, container: Container): RunningContainer {
  const { name: podName, namespace, network, directory } = pod;
  const image = imageOf(container.image ?? '', pod.images);
  const identity = containerIdentity(pod.spec, container, image);
  const fields = { 'metadata.name': podName, 'metadata.namespace': namespace, 'status.podIP': network.podAddress };
  const environment = containerEnvironment(container, image, identity, pod.objects, fields);
  const root = join(directory, 'roots', container.name);
  buildContainerRoot(root, container, image, identity, pod.volumes, {
    hostname: `${podName}\n`,
    hosts: hostsFile({ localhost: '127.0.0.1', [podName]: network.podAddress, ...pod.hosts }),
    'resolv.conf': 'nameserver 10.96.0.10\n',
  });
  const argv = [...(container.command ?? image.entrypoint), ...(container.args ?? (container.command ? [] : image.cmd))];
  return startContainer({
    name: container.name,
    root,
    network: network.path,
    identity,
    environment,
    argv: argv.map((word) => expand(word, environment)),
    workingDir: container.workingDir ?? image.workingDir,
    logFile: join(directory, 'logs', container.name),
    stopSignal: image.stopSignal,
  });
}

function hostsFile(addresses: Readonly<Record<string, string>>): string {
  const lines = Object.entries(addresses).map(([name, address]) => `${address} ${name}\n`);
  return `::1 localhost\n${lines.join('')}`;
}
