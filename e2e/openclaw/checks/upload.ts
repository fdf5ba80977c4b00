import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectGateway, GatewayRefusal, newDevice } from '../websocket-client.ts';

/** More than a proxy takes unless told so. */
export const UPLOAD_BYTES = 20_000_000;

/** 20 MB pass the proxy as one message of the web page. */
export const upload: Check = {
  id: 'upload',
  run: async (agent) => {
    const client = await connectGateway(agent.local, { token: agent.token, device: newDevice() });
    // The gateway must have read the whole message to complain about the one unknown key in it.
    const answer = client.request('chat.history', { sessionKey: 'main', unknown: 'x'.repeat(UPLOAD_BYTES) });
    await assert.rejects(
      answer,
      (error) => error instanceof GatewayRefusal && error.code === 'INVALID_REQUEST' && error.message.includes('unknown'),
    );
    await client.request('health', {});
    client.close();
  },
};
