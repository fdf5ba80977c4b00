import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { throughIngress } from '../ingress-controller.ts';
import { loginHeaders } from '../ingress-visitor.ts';
import { UPLOAD_BYTES } from './upload.ts';

/** A body that nginx refuses unless told so passes the Ingress and the pod's proxy: it is the gateway that answers. */
export const ingressUpload: Check = {
  id: 'ingress-upload',
  run: async (agent) => {
    const body = JSON.stringify({ tool: 'sessions_list', args: { padding: 'x'.repeat(UPLOAD_BYTES) } });
    const headers = { ...loginHeaders(agent), 'Content-Type': 'application/json' };
    const answer = await call(throughIngress(3), { method: 'POST', path: '/tools/invoke', headers, body });
    // The login is no token.
    assert.deepEqual([answer.status, answer.headers['content-type']?.includes('json')], [401, true], answer.body.slice(0, 200));
  },
};
