/** The pod's volumes as directories of the machine, made the way the kubelet makes them. A kind of volume that is not here is refused. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PodSpec, Volume } from '../../src/kube/types.ts';
import { quantityBytes } from '../../src/lib/quantity.ts';
import { writeAtomicVolume, type VolumeFile } from './atomic-volume.ts';
import { contentOf, type ClusterObjects } from './cluster-objects.ts';
import { run } from './command.ts';
import { giveToGroup } from './volume-ownership.ts';

export interface MountedVolume {
  readonly directory: string;
  /** Mounted read-only into every container, whatever the mount says. */
  readonly isReadOnly: boolean;
}

export type MountedVolumes = ReadonlyMap<string, MountedVolume>;

/** `claims` holds the volumes that outlive a pod, one directory a claim. */
export function mountVolumes(pod: PodSpec, objects: ClusterObjects, directory: string, claims: string): MountedVolumes {
  const mounted = new Map<string, MountedVolume>();
  for (const volume of pod.volumes ?? []) mounted.set(volume.name, mountVolume(volume, pod, objects, join(directory, volume.name), claims));
  return mounted;
}

/** What the kubelet's next round does after a ConfigMap or Secret changed. */
export function refreshVolumes(pod: PodSpec, objects: ClusterObjects, mounted: MountedVolumes): void {
  for (const volume of pod.volumes ?? []) {
    const files = filesOf(volume, objects);
    const there = mounted.get(volume.name);
    if (files && there) writeFiles(files, there.directory, pod);
  }
}

function mountVolume(volume: Volume, pod: PodSpec, objects: ClusterObjects, directory: string, claims: string): MountedVolume {
  const fsGroup = pod.securityContext?.fsGroup;
  if (volume.persistentVolumeClaim) {
    const claim = join(claims, volume.persistentVolumeClaim.claimName);
    makeClaim(claim);
    giveToGroup(claim, fsGroup, false, pod.securityContext?.fsGroupChangePolicy);
    return { directory: claim, isReadOnly: volume.persistentVolumeClaim.readOnly ?? false };
  }
  mkdirSync(directory);
  if (volume.emptyDir) {
    if (volume.emptyDir.medium === 'Memory') run('mount', '-t', 'tmpfs', '-o', memorySize(volume.emptyDir.sizeLimit), 'memory', directory);
    chmodSync(directory, 0o777);
    giveToGroup(directory, fsGroup, false);
    return { directory, isReadOnly: false };
  }
  const files = filesOf(volume, objects);
  if (!files)
    throw new Error(
      `volume ${volume.name}: the pod runner does not know ${Object.keys(volume)
        .filter((key) => key !== 'name')
        .join(', ')}`,
    );
  chmodSync(directory, 0o777);
  writeFiles(files, directory, pod);
  return { directory, isReadOnly: true };
}

/** The kubelet gives a volume in memory the size of its limit. */
function memorySize(sizeLimit: string | undefined): string {
  const bytes = sizeLimit === undefined ? null : quantityBytes(sizeLimit);
  return bytes === null ? 'size=50%' : `size=${bytes}`;
}

/** A new volume is a fresh ext4 file system: root's own, with `lost+found`. */
function makeClaim(claim: string): void {
  if (existsSync(claim)) return;
  mkdirSync(claim, { recursive: true });
  chmodSync(claim, 0o755);
  mkdirSync(join(claim, 'lost+found'));
  chmodSync(join(claim, 'lost+found'), 0o700);
}

function writeFiles(files: ReadonlyMap<string, VolumeFile>, directory: string, pod: PodSpec): void {
  writeAtomicVolume(directory, files, (volume) => giveToGroup(volume, pod.securityContext?.fsGroup, true));
}

interface Selection {
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
  readonly optional?: boolean;
}

/** The files of a volume that shows objects; undefined for other kinds of volume. */
function filesOf(volume: Volume, objects: ClusterObjects): Map<string, VolumeFile> | undefined {
  const files = new Map<string, VolumeFile>();
  if (volume.configMap) {
    select(files, objects, 'ConfigMap', volume.configMap.name, volume.configMap, volume.configMap.defaultMode);
  } else if (volume.secret) {
    select(files, objects, 'Secret', volume.secret.secretName, volume.secret, volume.secret.defaultMode);
  } else if (volume.projected) {
    for (const source of volume.projected.sources ?? []) {
      if (source.configMap) select(files, objects, 'ConfigMap', source.configMap.name, source.configMap, volume.projected.defaultMode);
      else if (source.secret) select(files, objects, 'Secret', source.secret.name, source.secret, volume.projected.defaultMode);
      else throw new Error(`volume ${volume.name}: the pod runner does not know the projected source ${Object.keys(source).join(', ')}`);
    }
  } else {
    return undefined;
  }
  return files;
}

function select(
  files: Map<string, VolumeFile>,
  objects: ClusterObjects,
  kind: 'ConfigMap' | 'Secret',
  name: string | undefined,
  selection: Selection,
  defaultMode = 0o644,
): void {
  const object = objects.find(kind, name ?? '');
  if (object === undefined) {
    if (selection.optional) return;
    throw new Error(`MountVolume.SetUp failed: ${kind} ${name ?? ''} is not in the manifests`);
  }
  const content = contentOf(object);
  const items = selection.items ?? [...content.keys()].map((key) => ({ key, path: key, mode: undefined }));
  for (const { key, path, mode } of items) {
    const found = content.get(key);
    if (found !== undefined) files.set(path, { content: found, mode: mode ?? defaultMode });
    else if (!selection.optional) throw new Error(`MountVolume.SetUp failed: ${kind} ${name ?? ''} has no key ${key}`);
  }
}
