/**
 * Stands in for node:24-bookworm-slim, which no package registry has: Debian of that release with the Node of the version that runs
 * this, as npm has it. The Dockerfile takes nothing of it but Debian's packages, and Node with its licence.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Podman } from './podman.ts';

/** The name that the Dockerfile asks for, so that it is built unchanged. */
export const BASE = 'docker.io/library/node:24-bookworm-slim';
const RELEASE = 'bookworm';
const BARE = `localhost/debian:${RELEASE}`;
const PATH = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What the steps of the Dockerfile use. */
const USED = [
  'apt',
  'base-files',
  'base-passwd',
  'coreutils',
  'dash',
  'debian-archive-keyring',
  'diffutils',
  'findutils',
  'grep',
  'mawk',
  'sed',
  'tar',
];
/** What of the packages' own scripts is needed for it. */
const SET_UP = [
  'cd "$1"',
  'ln -s mawk usr/bin/awk',
  ...['passwd', 'group'].map((name) => `cp usr/share/base-passwd/${name}.master etc/${name}`),
];

/** Of the architecture, which need not be this machine's. */
export function makeBaseImage(podman: Podman, architecture: 'amd64' | 'arm64'): void {
  const processor = { amd64: 'x64', arm64: 'arm64' }[architecture];
  // Setting up all packages takes QEMU a minute.
  const emulated = ['--variant=extract', `--include=${USED.join(',')}`, `--extract-hook=${SET_UP.join(' && ')}`];
  const variant = process.arch === processor ? ['--variant=minbase'] : emulated;
  const archive = join(podman.directory, 'debian.tar');
  execFileSync('mmdebstrap', ['--quiet', '--mode=root', `--architectures=${architecture}`, ...variant, RELEASE, archive], {
    env: { ...podman.env, SOURCE_DATE_EPOCH: '0' },
    stdio: ['ignore', 2, 2],
  });
  podman.text(['import', '--quiet', '--arch', architecture, '--change', PATH, archive, BARE]);
  const context = join(podman.directory, 'base');
  mkdirSync(context);
  const name = `node-linux-${processor}`;
  execFileSync('npm', ['pack', '--silent', `${name}@${process.versions.node}`], { cwd: context, stdio: ['ignore', 'ignore', 2] });
  execFileSync('tar', ['--extract', '--gzip', '--file', `${name}-${process.versions.node}.tgz`, 'package/bin/node', 'package/LICENSE'], {
    cwd: context,
  });
  const steps = [`FROM ${BARE}`, 'COPY --chmod=0755 package/bin/node /usr/local/bin/', 'COPY --chmod=0644 package/LICENSE /usr/local/'];
  writeFileSync(join(context, 'Dockerfile'), `${steps.join('\n')}\n`);
  const flags = ['--quiet', '--pull=never', '--arch', architecture, '--isolation', 'chroot', '--timestamp', '0'];
  podman.text(['build', ...flags, '--tag', BASE, context]);
}
