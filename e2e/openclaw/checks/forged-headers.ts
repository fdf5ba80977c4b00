import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { newDevice } from '../websocket-client.ts';

const FORGED: readonly Readonly<Record<string, string>>[] = [
  { 'X-Forwarded-For': '127.0.0.1' },
  { 'X-Forwarded-For': '::1' },
  { 'X-Forwarded-For': '127.0.0.1, 127.0.0.1' },
  { 'X-Forwarded-For': '' },
  { 'X-Real-IP': '127.0.0.1' },
  { Forwarded: 'for=127.0.0.1;host=localhost' },
  { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1', 'X-Forwarded-Host': 'localhost', Host: 'localhost' },
];

/** No header makes a remote client local, and a port-forward with forwarding headers is no longer a local one. */
export const forgedHeaders: Check = {
  id: 'forged-headers',
  run: async (agent) => {
    const { token } = agent;
    for (const headers of FORGED) {
      assert.equal(
        await connectionOutcome(agent.remote(0), { token, device: newDevice(), headers }),
        'PAIRING_REQUIRED',
        JSON.stringify(headers),
      );
    }
    const asLocalPage = { Origin: 'http://localhost:18789', Host: 'localhost:18789' };
    assert.equal(
      await connectionOutcome(agent.remote(0), { token, device: newDevice(), client: 'openclaw-control-ui', headers: asLocalPage }),
      'CONTROL_UI_ORIGIN_NOT_ALLOWED',
    );
    const throughProxyInPod = { 'X-Forwarded-For': '100.64.0.9' };
    assert.equal(
      await connectionOutcome(agent.local, { token, device: newDevice(), headers: throughProxyInPod }),
      'PAIRING_REQUIRED',
      'another proxy in the pod',
    );
  },
};
