/** What stands in for the two images of the pod: OpenClaw's own release from npm on the pinned Node with its npm and corepack, and Debian's nginx. */
import type { ContainerImage } from '../pod-runner/container-image.ts';
import { installation, nodeTools } from './cache.ts';

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function openclawImage(version: string): ContainerImage {
  return {
    matches: (reference) => reference === `ghcr.io/openclaw/openclaw:${version}-slim`,
    contains: [
      { source: process.execPath, target: '/usr/local/bin/node' },
      { source: installation(version), target: '/opt/openclaw' },
      { source: nodeTools, target: '/usr/local/lib/node_modules' },
    ],
    links: [
      { path: '/app', target: '/opt/openclaw/node_modules/openclaw' },
      { path: '/usr/local/bin/npm', target: '../lib/node_modules/npm/bin/npm-cli.js' },
      { path: '/usr/local/bin/corepack', target: '../lib/node_modules/corepack/dist/corepack.js' },
    ],
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

/** The same image, whose Debian trusts this authority alone, in place of the public ones. */
export function trusting(image: ContainerImage, certificateFile: string): ContainerImage {
  return { ...image, contains: [...image.contains, { source: certificateFile, target: '/etc/ssl/certs/ca-certificates.crt' }] };
}
