/**
 * Runs the container of an admitted pod, in a mount namespace that run-job.ts has made: the volumes it mounts, the user, the
 * environment and the command are the manifest's; the network is the machine's. Takes a JobPod file, exits as the container does.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Volume } from '../../src/kube/types.ts';
import { ClusterObjects } from '../pod-runner/cluster-objects.ts';
import { run } from '../pod-runner/command.ts';
import { containerEnvironment } from '../pod-runner/container-environment.ts';
import { containerIdentity, setprivArguments } from '../pod-runner/container-identity.ts';
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { buildContainerRoot } from '../pod-runner/container-root.ts';
import { mountVolumes } from '../pod-runner/kubelet-volumes.ts';
import type { JobPod } from './run-job.ts';

/** As far as a pod program can tell: Debian with Node where the OpenClaw image has it. */
const IMAGE: ContainerImage = {
  matches: () => true,
  contains: [{ source: process.execPath, target: '/usr/local/bin/node' }],
  links: [],
  entrypoint: [],
  cmd: [],
  env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
  workingDir: '/',
  user: { name: 'node', uid: 1000, gid: 1000, home: '/home/node' },
  stopSignal: 'SIGTERM',
};
const TOKEN_SECRET = 'service-account-token';

const directory = process.argv[2] ?? '';
const jobPod = JSON.parse(readFileSync(join(directory, 'pod.json'), 'utf8')) as JobPod;
// Memory that only this mount namespace sees, since a token is among the files.
run('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'job', directory);
for (const name of ['volumes', 'claims', 'root']) mkdirSync(join(directory, name));

const objects = new ClusterObjects();
for (const object of jobPod.objects) objects.put(object);
objects.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: TOKEN_SECRET }, stringData: jobPod.serviceAccountFiles } as Parameters<
  ClusterObjects['put']
>[0]);

const { spec } = jobPod.pod;
const pod = { ...spec, volumes: (spec.volumes ?? []).map(withTokenFiles) };
const container = pod.containers[0];
if (!container?.command || pod.containers.length !== 1 || (pod.initContainers ?? []).length > 0)
  throw new Error('expected one container with a command');
const identity = containerIdentity(pod, container, IMAGE);
const environment = { ...containerEnvironment(container, IMAGE, identity, objects, {}), ...jobPod.apiServer };
const root = join(directory, 'root');
buildContainerRoot(root, container, IMAGE, identity, mountVolumes(pod, objects, join(directory, 'volumes'), join(directory, 'claims')), {});
const { signal, status } = spawnSync(
  'unshare',
  [
    '--pid',
    '--fork',
    '--kill-child',
    `--root=${root}`,
    '--wd=/',
    '--mount-proc=/proc',
    '/usr/bin/setpriv',
    ...setprivArguments(identity),
    ...container.command,
    ...(container.args ?? []),
  ],
  { env: environment, stdio: ['ignore', 'inherit', 'inherit'] },
);
process.exitCode = signal === null ? (status ?? 1) : 1;

/** The volume that admission adds, with the files that the kubelet would fetch for it. */
function withTokenFiles(volume: Volume): Volume {
  const isToken = volume.projected?.sources?.some((source) => source.serviceAccountToken);
  return isToken
    ? { name: volume.name, secret: { secretName: TOKEN_SECRET, defaultMode: volume.projected?.defaultMode ?? 0o644 } }
    : volume;
}
