import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { tailnetIdentity } from '../checks/tailnet-identity.ts';
import { tailnetLogin } from '../checks/tailnet-login.ts';
import { tailnetLoginForged } from '../checks/tailnet-login-forged.ts';
import { tailnetPage } from '../checks/tailnet-page.ts';
import { tailnetRouteLeft } from '../checks/tailnet-route-left.ts';
import { instance } from '../instance.ts';
import { installTailnet, tailnetObjects, tailnetPrograms, tailnetSpec, tailscaleImage } from '../tailnet.ts';

/** Members of the tailnet are signed in by who they are. */
export const tailscaleAuthSsoCase: AgentCase = {
  name: 'tailscale-auth-sso',
  instance: (version) => instance(version, tailnetSpec({ authSSO: true })),
  get inCluster() {
    return tailnetObjects();
  },
  install: installTailnet,
  images: async () => [await tailscaleImage()],
  beyondPod: tailnetPrograms,
  leftOut: ['otel-collector'],
  checks: [...ON_START, tailnetPage, tailnetLogin, tailnetLoginForged, tailnetIdentity, tailnetLogin, ...ON_END],
  checksOfOtherPods: [tailnetRouteLeft],
};
