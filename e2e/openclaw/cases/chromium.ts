import type { ContainerImage } from '../../pod-runner/container-image.ts';
import type { AgentCase } from '../agent-case.ts';
import { browserOnLoopback } from '../checks/browser-on-loopback.ts';
import { browserPage } from '../checks/browser-page.ts';
import { browserProfile } from '../checks/browser-profile.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { instance } from '../instance.ts';
import { installIntranet, INTRANET_HOSTS, INTRANET_SECURITY, intranetObjects, intranetProgram } from '../intranet.ts';

/** The same program as in the image, from Debian, which keeps it in another place. */
const headlessShellImage: ContainerImage = {
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

/** A real Chromium beside the agent, which visits a site of the company and remembers it. */
export const chromiumCase: AgentCase = {
  name: 'chromium',
  instance: (version) =>
    instance(version, {
      chromium: { enabled: true, persistence: { enabled: true }, extraArgs: ['--user-agent=Company agent (Linux) 1.0'] },
      // OpenClaw keeps its browser from private addresses, as the one where the site is.
      config: { raw: { browser: { ssrfPolicy: { allowedHostnames: Object.keys(INTRANET_HOSTS) } } } },
      security: INTRANET_SECURITY,
    }),
  packages: { 'chromium-headless-shell': 'chromium-headless-shell', openssl: 'openssl' },
  install: async () => installIntranet(),
  get inCluster() {
    return intranetObjects();
  },
  images: async () => [headlessShellImage],
  beyondPod: async () => [intranetProgram()],
  hosts: INTRANET_HOSTS,
  leftOut: ['otel-collector'],
  forwardedPorts: [9222],
  checks: [...ON_START, browserPage, browserOnLoopback, browserProfile, ...ON_END],
};
