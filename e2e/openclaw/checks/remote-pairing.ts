import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { ALLOWED_ORIGIN, CASES, LATER_ORIGIN } from '../instances.ts';
import { newDevice } from '../websocket-client.ts';

interface Devices {
  readonly pending: readonly { readonly requestId: string; readonly deviceId: string }[];
}

/** A remote client with the right token still needs an approval, given by the command that the README names. */
export const remotePairing: Check = {
  id: 'remote-pairing',
  cases: CASES,
  run: async (agent) => {
    const { token } = agent;
    const device = newDevice();
    assert.equal(await connectionOutcome(agent.remote(0), { token, device }), 'PAIRING_REQUIRED');
    if (agent.caseName !== 'default') {
      const browser = (origin: string): Promise<string> =>
        connectionOutcome(agent.remote(0), { token, device: newDevice(), client: 'openclaw-control-ui', headers: { Origin: origin } });
      assert.equal(await browser(ALLOWED_ORIGIN), 'PAIRING_REQUIRED');
      assert.equal(await browser(LATER_ORIGIN), 'CONTROL_UI_ORIGIN_NOT_ALLOWED');
      return;
    }
    const { pending } = JSON.parse((await agent.openclaw('devices', 'list', '--json')).stdout) as Devices;
    const request = pending.find(({ deviceId }) => deviceId === device.id);
    const { code, stderr } = await agent.openclaw('devices', 'approve', request?.requestId ?? 'no request');
    assert.equal(code, 0, stderr);
    assert.equal(await connectionOutcome(agent.remote(0), { token, device }), 'connected');
  },
};
