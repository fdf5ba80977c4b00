import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { newDevice } from '../websocket-client.ts';

/** Only the token of the Secret opens the gateway, for remote and for local clients. */
export const tokenAuth: Check = {
  id: 'token-auth',
  run: async (agent) => {
    for (const route of [agent.remote(0), agent.local]) {
      assert.equal(await agent.statusWithToken(route, null), 401);
      assert.equal(await agent.statusWithToken(route, 'a-wrong-token'), 401);
      assert.equal(await agent.statusWithToken(route, agent.token), 200);
      assert.equal(await connectionOutcome(route, { token: 'a-wrong-token', device: newDevice() }), 'AUTH_TOKEN_MISMATCH');
    }
  },
};
