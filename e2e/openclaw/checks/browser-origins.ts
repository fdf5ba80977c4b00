import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { ALLOWED_ORIGIN, LATER_ORIGIN } from '../origins.ts';
import { newDevice } from '../websocket-client.ts';

/** A browser may ask for pairing from the configured origin, and from no other. */
export const browserOrigins: Check = {
  id: 'browser-origins',
  run: async (agent) => {
    const browser = (origin: string): Promise<string> =>
      connectionOutcome(agent.remote(0), {
        token: agent.token,
        device: newDevice(),
        client: 'openclaw-control-ui',
        headers: { Origin: origin },
      });
    assert.equal(await browser(ALLOWED_ORIGIN), 'PAIRING_REQUIRED');
    assert.equal(await browser(LATER_ORIGIN), 'CONTROL_UI_ORIGIN_NOT_ALLOWED');
  },
};
