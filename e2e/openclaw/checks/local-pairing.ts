import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectGateway, newDevice } from '../websocket-client.ts';

/** Whoever may port-forward and has the token is paired at once, as an administrator. */
export const localPairing: Check = {
  id: 'local-pairing',
  run: async (agent) => {
    for (const route of [agent.local, agent.localWithoutProxy]) {
      const client = await connectGateway(route, { token: agent.token, device: newDevice() });
      client.close();
      assert.ok(client.scopes.includes('operator.admin'), client.scopes.join(', '));
    }
  },
};
