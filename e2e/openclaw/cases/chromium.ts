import type { AgentCase } from '../agent-case.ts';
import { browserAttached } from '../checks/browser-attached.ts';
import { browserOnLoopback } from '../checks/browser-on-loopback.ts';
import { browserPage } from '../checks/browser-page.ts';
import { browserProfile } from '../checks/browser-profile.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { HEADLESS_SHELL_PACKAGES, headlessShellImage } from '../headless-shell.ts';
import { instance } from '../instance.ts';
import { installIntranet, INTRANET_HOSTS, INTRANET_SECURITY, intranetObjects, intranetProgram } from '../intranet.ts';

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
  packages: { ...HEADLESS_SHELL_PACKAGES, openssl: 'openssl' },
  install: async () => installIntranet(),
  get inCluster() {
    return intranetObjects();
  },
  images: async () => [headlessShellImage],
  beyondPod: async () => [intranetProgram()],
  hosts: INTRANET_HOSTS,
  leftOut: ['otel-collector'],
  forwardedPorts: [9222],
  checks: [...ON_START, browserAttached, browserPage, browserOnLoopback, browserProfile, ...ON_END],
};
