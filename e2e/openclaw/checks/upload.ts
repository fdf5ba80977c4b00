import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { CASES } from '../instances.ts';
import { connectGateway, GatewayRefusal, newDevice } from '../websocket-client.ts';

const BYTES = 20_000_000;

/** 20 MB pass the proxy: as one message of the web page, and as an HTTP request where an endpoint takes one. */
export const upload: Check = {
  id: 'upload',
  cases: CASES,
  run: async (agent) => {
    const client = await connectGateway(agent.local, { token: agent.token, device: newDevice() });
    // The gateway must have read the whole message to complain about the one unknown key in it.
    const answer = client.request('chat.history', { sessionKey: 'main', unknown: 'x'.repeat(BYTES) });
    await assert.rejects(
      answer,
      (error) => error instanceof GatewayRefusal && error.code === 'INVALID_REQUEST' && error.message.includes('unknown'),
    );
    await client.request('health', {});
    client.close();
    if (agent.caseName !== 'overwrite') return;
    const body = JSON.stringify({ model: 'openclaw', input: 'hi', unknown: 'x'.repeat(BYTES) });
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${agent.token}` };
    const { status, body: text } = await call(agent.remote(0), { method: 'POST', path: '/v1/responses', headers, body });
    assert.equal(status, 400, text.slice(0, 300));
    assert.match(text, /unknown/);
  },
};
