import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import type { Route } from '../route.ts';
import { agentHost, throughTailnet } from '../visitor.ts';
import { newDevice } from '../websocket-client.ts';

/** Through the tailnet a browser needs the token and an approval, like any remote client; the page's own name is an accepted origin. */
export const tailnetToken: Check = {
  id: 'tailnet-token',
  run: async (agent) => {
    const host = agentHost(agent);
    const browser = (route: Route, token: string | null, origin: string): Promise<string> =>
      connectionOutcome(route, {
        token,
        device: newDevice(),
        client: 'openclaw-control-ui',
        headers: { Host: host, Origin: origin },
      });
    await throughTailnet(agent, async (route) => {
      assert.equal(await browser(route, agent.token, `https://${host}`), 'PAIRING_REQUIRED');
      assert.equal(await browser(route, null, `https://${host}`), 'AUTH_TOKEN_MISSING');
      assert.equal(await browser(route, agent.token, 'https://elsewhere.example.com'), 'CONTROL_UI_ORIGIN_NOT_ALLOWED');
    });
  },
};
