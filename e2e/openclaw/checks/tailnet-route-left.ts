import { Agent } from '../agent.ts';
import { tailscaleCase } from '../cases/tailscale.ts';
import type { Check } from '../check.ts';
import { forgetAuthKey } from '../visitor.ts';
import { tailnetLogin } from './tailnet-login.ts';
import { tailnetPage } from './tailnet-page.ts';

const VOLUMES = 'tailnet-route-left';

/** Logins can be switched on later: the route that the daemon has kept from before is out of the gateway's way. */
export const tailnetRouteLeft: Check = {
  id: 'tailnet-route-left',
  run: async ({ version, agentCase }) => {
    const before = await Agent.of(version, tailscaleCase, VOLUMES);
    // In the same tailnet, whose control server forgets everything when it ends.
    const after = await Agent.of(version, { ...agentCase, beyondPod: async () => [] }, VOLUMES);
    try {
      await before.start();
      await tailnetPage.run(before);
      await forgetAuthKey();
      await before.stop();
      await after.start();
      await tailnetLogin.run(after);
    } finally {
      await after.end();
      await before.end();
    }
  },
};
