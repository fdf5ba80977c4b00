import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { newDevice } from '../websocket-client.ts';

/** A remote client with the right token still needs an approval. */
export const remotePairing: Check = {
  id: 'remote-pairing',
  run: async (agent) => {
    assert.equal(await connectionOutcome(agent.remote(0), { token: agent.token, device: newDevice() }), 'PAIRING_REQUIRED');
  },
};
