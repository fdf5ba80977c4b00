import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { tailnetIdentity } from '../checks/tailnet-identity.ts';
import { tailnetLogin } from '../checks/tailnet-login.ts';
import { tailnetLoginForged } from '../checks/tailnet-login-forged.ts';
import { tailnetPage } from '../checks/tailnet-page.ts';
import { tailnetRouteLeft } from '../checks/tailnet-route-left.ts';
import { instance } from '../instance.ts';
import { installTailnet, tailnetObjects, tailnetPrograms, tailnetSpec, tailscaleImage } from '../tailnet.ts';

const DELAY_SECONDS = 8;

/** Members of the tailnet are signed in by who they are. */
export const tailscaleAuthSsoCase: AgentCase = {
  name: 'tailscale-auth-sso',
  instance: (version) => instance(version, tailnetSpec({ authSSO: true })),
  get inCluster() {
    return tailnetObjects();
  },
  install: installTailnet,
  // From 2026.8.1 on the gateway needs the daemon some three seconds after its own start, and may not be the faster one.
  images: async (version) => [await tailscaleImage(version === '2026.7.1' ? 0 : DELAY_SECONDS)],
  beyondPod: tailnetPrograms,
  leftOut: ['otel-collector'],
  checks: [...ON_START, tailnetPage, tailnetLogin, tailnetLoginForged, tailnetIdentity, tailnetLogin, ...ON_END],
  checksOfOtherPods: [tailnetRouteLeft],
};
