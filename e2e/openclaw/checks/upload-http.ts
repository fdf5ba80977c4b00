import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { UPLOAD_BYTES } from './upload.ts';

/** 20 MB pass the proxy as one HTTP request to an endpoint that takes them. */
export const uploadHttp: Check = {
  id: 'upload-http',
  run: async (agent) => {
    const body = JSON.stringify({ model: 'openclaw', input: 'hi', unknown: 'x'.repeat(UPLOAD_BYTES) });
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${agent.token}` };
    const { status, body: text } = await call(agent.remote(0), { method: 'POST', path: '/v1/responses', headers, body });
    assert.equal(status, 400, text.slice(0, 300));
    assert.match(text, /unknown/);
  },
};
