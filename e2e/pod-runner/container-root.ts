/** A container's root directory: the image below, the pod's volumes on top, read-only where the manifest says so. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Container } from '../../src/kube/types.ts';
import { run } from './command.ts';
import type { ContainerIdentity } from './container-identity.ts';
import type { ContainerImage } from './container-image.ts';
import type { MountedVolumes } from './kubelet-volumes.ts';
import { resolveSubPath } from './sub-path.ts';

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'];

export function buildContainerRoot(
  root: string,
  container: Container,
  image: ContainerImage,
  identity: ContainerIdentity,
  volumes: MountedVolumes,
  etc: Readonly<Record<string, string>>,
): void {
  mkdirSync(root, { recursive: true });
  run('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'root', root);
  layDebian(root, image.base ?? '/');
  for (const [name, text] of Object.entries({ passwd: passwd(image), group: group(image), ...etc }))
    writeFileSync(join(root, 'etc', name), text);
  for (const { source, target } of image.contains) bind(source, root, target, true);
  for (const { path, target } of image.links) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(target, join(root, path));
  }
  run('mount', '-o', 'remount,ro,bind', join(root, 'usr/local'));
  layDevices(root);
  // A mount below another comes after it, as container runtimes order them.
  const mounts = [...(container.volumeMounts ?? [])].sort((left, right) => depth(left.mountPath) - depth(right.mountPath));
  for (const mount of mounts) {
    const volume = volumes.get(mount.name);
    if (volume === undefined) throw new Error(`container ${container.name} mounts ${mount.name}, which is no volume of the pod`);
    if (mount.subPathExpr) throw new Error(`container ${container.name}: the pod runner does not know subPathExpr`);
    const source = mount.subPath ? resolveSubPath(volume.directory, mount.subPath) : volume.directory;
    bind(source, root, mount.mountPath, volume.isReadOnly || (mount.readOnly ?? false));
  }
  if (identity.readOnlyRoot) run('mount', '-o', 'remount,ro,bind', root);
}

function layDebian(root: string, base: string): void {
  for (const directory of ['proc', 'sys', 'dev', 'etc/ssl/certs', 'home', 'root', 'run', 'var/log', 'tmp', 'usr'])
    mkdirSync(join(root, directory), { recursive: true });
  run('chmod', '1777', join(root, 'tmp'));
  bind(join(base, 'usr'), root, '/usr', true);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    const link = join(base, name);
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) symlinkSync(readlinkSync(link), join(root, name));
  }
  // The machine's own tools are no part of an image.
  run('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'local', join(root, 'usr/local'));
  bind('/sys', root, '/sys', true);
  for (const file of ['ld.so.cache', 'nsswitch.conf', 'ssl/certs/ca-certificates.crt'])
    if (existsSync(join(base, 'etc', file))) copyFileSync(join(base, 'etc', file), join(root, 'etc', file));
}

function layDevices(root: string): void {
  const dev = join(root, 'dev');
  run('mount', '-t', 'tmpfs', '-o', 'mode=0755', 'dev', dev);
  for (const name of DEVICES) bind(`/dev/${name}`, root, `/dev/${name}`, false);
  for (const [name, target] of [
    ['fd', '/proc/self/fd'],
    ['stdin', '/proc/self/fd/0'],
    ['stdout', '/proc/self/fd/1'],
    ['stderr', '/proc/self/fd/2'],
  ] as const)
    symlinkSync(target, join(dev, name));
  mkdirSync(join(dev, 'pts'));
  run('mount', '-t', 'devpts', '-o', 'newinstance,ptmxmode=0666,mode=0620,gid=5', 'devpts', join(dev, 'pts'));
  symlinkSync('pts/ptmx', join(dev, 'ptmx'));
  mkdirSync(join(dev, 'shm'));
  run('mount', '-t', 'tmpfs', '-o', 'mode=1777,size=64m', 'shm', join(dev, 'shm'));
}

/** Mounts `source` at `target` of the root; the place is made when it is missing, as a container runtime does. */
function bind(source: string, root: string, target: string, readOnly: boolean): void {
  const place = join(root, target);
  if (!existsSync(place)) {
    if (statSync(source).isDirectory()) {
      mkdirSync(place, { recursive: true });
    } else {
      mkdirSync(dirname(place), { recursive: true });
      closeSync(openSync(place, 'a'));
    }
  }
  run('mount', '--bind', source, place);
  if (readOnly) run('mount', '-o', 'remount,ro,bind', place);
}

function passwd({ user }: ContainerImage): string {
  return `root:x:0:0:root:/root:/bin/sh\n${user.uid === 0 ? '' : `${user.name}:x:${user.uid}:${user.gid}::${user.home}:/bin/sh\n`}`;
}

function group({ user }: ContainerImage): string {
  return `root:x:0:\n${user.gid === 0 ? '' : `${user.name}:x:${user.gid}:\n`}`;
}

function depth(path: string): number {
  return path.split('/').filter((part) => part !== '').length;
}
