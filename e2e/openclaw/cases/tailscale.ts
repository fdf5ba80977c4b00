import type { AgentCase } from '../agent-case.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { tailnetAdoption } from '../checks/tailnet-adoption.ts';
import { tailnetIdentity } from '../checks/tailnet-identity.ts';
import { tailnetKey } from '../checks/tailnet-key.ts';
import { tailnetMode } from '../checks/tailnet-mode.ts';
import { tailnetPage } from '../checks/tailnet-page.ts';
import { tailnetToken } from '../checks/tailnet-token.ts';
import { instance } from '../instance.ts';
import { installTailnet, tailnetObjects, tailnetPrograms, tailnetSpec, tailscaleImage } from '../tailnet.ts';

/** Another machine of a tailnet reaches the agent through Serve. */
export const tailscaleCase: AgentCase = {
  name: 'tailscale',
  instance: (version) => instance(version, tailnetSpec({})),
  instanceWithFunnel: (version) => instance(version, tailnetSpec({ mode: 'funnel' })),
  get inCluster() {
    return tailnetObjects();
  },
  install: installTailnet,
  images: async () => [await tailscaleImage()],
  beyondPod: tailnetPrograms,
  leftOut: ['otel-collector'],
  checks: [...ON_START, tailnetPage, tailnetToken, tailnetKey, tailnetMode, tailnetIdentity, ...ON_END],
  checksOfOtherPods: [tailnetAdoption],
};
