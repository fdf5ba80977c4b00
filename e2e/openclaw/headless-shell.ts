import type { ContainerImage } from '../pod-runner/container-image.ts';

/** Debian packages that have the browser, by their programs. */
export const HEADLESS_SHELL_PACKAGES = { 'chromium-headless-shell': 'chromium-headless-shell' };

/** The same program as in the image, from Debian, which keeps it in another place. */
export const headlessShellImage: ContainerImage = {
  matches: (reference) => /^docker\.io\/chromedp\/headless-shell[:@]/.test(reference),
  contains: [{ source: '/etc/fonts', target: '/etc/fonts' }],
  links: [{ path: '/headless-shell/headless-shell', target: '/usr/lib/chromium/chromium-headless-shell' }],
  entrypoint: ['/headless-shell/run.sh'],
  cmd: [],
  env: { PATH: '/headless-shell:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' },
  workingDir: '/',
  user: { name: 'root', uid: 0, gid: 0, home: '/root' },
  stopSignal: 'SIGTERM',
};
