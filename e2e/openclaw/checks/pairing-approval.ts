import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { newDevice } from '../websocket-client.ts';

interface Devices {
  readonly pending: readonly { readonly requestId: string; readonly deviceId: string }[];
}

/** The command that the README names lets a remote device in. */
export const pairingApproval: Check = {
  id: 'pairing-approval',
  run: async (agent) => {
    const { token } = agent;
    const device = newDevice();
    assert.equal(await connectionOutcome(agent.remote(0), { token, device }), 'PAIRING_REQUIRED');
    const { pending } = JSON.parse((await agent.openclaw('devices', 'list', '--json')).stdout) as Devices;
    const request = pending.find(({ deviceId }) => deviceId === device.id);
    const { code, stderr } = await agent.openclaw('devices', 'approve', request?.requestId ?? 'no request');
    assert.equal(code, 0, stderr);
    assert.equal(await connectionOutcome(agent.remote(0), { token, device }), 'connected');
  },
};
