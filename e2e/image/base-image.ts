/**
 * Stands in for node:24-bookworm-slim, which no package registry has: Debian of that release with the Node that runs this. The
 * Dockerfile takes nothing of it but Debian's packages and Node.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Podman } from './podman.ts';

const RELEASE = 'bookworm';
const BARE = `localhost/debian:${RELEASE}`;

/** Gives it the name that the Dockerfile asks for, so that this is built unchanged. */
export function makeBaseImage(podman: Podman, name: string): void {
  const archive = join(podman.directory, 'debian.tar');
  const made = spawnSync('mmdebstrap', ['--quiet', '--variant=minbase', '--mode=root', RELEASE, archive], {
    encoding: 'utf8',
    env: { ...podman.env, SOURCE_DATE_EPOCH: '0' },
  });
  if (made.status !== 0) throw new Error(`mmdebstrap: ${made.stderr}`);
  podman.text(['import', '--quiet', '--change', 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', archive, BARE]);
  const context = join(podman.directory, 'base');
  mkdirSync(context);
  copyFileSync(process.execPath, join(context, 'node'));
  writeFileSync(join(context, 'Dockerfile'), `FROM ${BARE}\nCOPY --chmod=0755 node /usr/local/bin/node\n`);
  execFileSync('podman', ['build', '--quiet', '--pull=never', '--isolation', 'chroot', '--timestamp', '0', '--tag', name, context], {
    env: podman.env,
    stdio: ['ignore', 'ignore', 2],
  });
}
