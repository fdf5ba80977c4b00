/** What stands in for the two images of the pod: OpenClaw's own release from npm on the pinned Node, and Debian's nginx. */
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { installation } from './cache.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function openclawImage(version: string): ContainerImage {
  return {
    matches: (reference) => reference === `ghcr.io/openclaw/openclaw:${version}-slim`,
    contains: [
      { source: process.execPath, target: '/usr/local/bin/node' },
      { source: installation(version), target: '/opt/openclaw' },
    ],
    links: [{ path: '/app', target: '/opt/openclaw/node_modules/openclaw' }],
    entrypoint: ['tini', '-s', '--'],
    cmd: ['node', '/app/openclaw.mjs', 'gateway', 'run'],
    env: { PATH, NODE_ENV: 'production' },
    workingDir: '/app',
    user: { name: 'node', uid: 1000, gid: 1000, home: '/home/node' },
    stopSignal: 'SIGTERM',
  };
}

export const nginxImage: ContainerImage = {
  matches: (reference) => /^docker\.io\/library\/nginx[:@]/.test(reference),
  contains: [{ source: '/etc/nginx/mime.types', target: '/etc/nginx/mime.types' }],
  links: [],
  entrypoint: ['/docker-entrypoint.sh'],
  cmd: ['nginx', '-g', 'daemon off;'],
  env: { PATH },
  workingDir: '/',
  user: { name: 'nginx', uid: 101, gid: 101, home: '/nonexistent' },
  stopSignal: 'SIGQUIT',
};
