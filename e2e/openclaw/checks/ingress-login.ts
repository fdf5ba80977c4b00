import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { call } from '../http-client.ts';
import { INGRESS_HOST, throughIngress, throughPlainIngress } from '../ingress-controller.ts';
import { basicHeaders, loginHeaders, outcomeThroughIngress } from '../ingress-visitor.ts';
import { newDevice } from '../websocket-client.ts';

const VISITS = 15;

/** Nobody gets past the Ingress but with the login, over HTTPS only, and browsers are told to keep to that. */
export const ingressLogin: Check = {
  id: 'ingress-login',
  run: async (agent) => {
    const host = { Host: INGRESS_HOST };
    const plain = await call(throughPlainIngress(0), { path: '/chat', headers: host });
    assert.deepEqual([plain.status, plain.headers['location']], [308, `https://${INGRESS_HOST}/chat`]);

    const asked = await call(throughIngress(0), { path: '/', headers: host });
    assert.deepEqual([asked.status, asked.headers['www-authenticate']], [401, 'Basic realm="Agents"']);
    const { token } = agent;
    for (const headers of [host, basicHeaders('ana', 'guess'), basicHeaders('eve', agent.token)]) {
      assert.equal((await call(throughIngress(0), { path: '/', headers })).status, 401);
      assert.equal(await connectionOutcome(throughIngress(0), { token, device: newDevice(), headers }), 'HTTP_401');
    }

    // More visits than wrong tokens lock an address out: the gateway must not take the login for a token.
    for (let visit = 1; visit <= VISITS; visit += 1) {
      const page = await call(throughIngress(0), { path: '/', headers: loginHeaders(agent) });
      assert.equal(page.status, 200);
      assert.match(page.body, /<html/i);
      assert.equal(page.headers['strict-transport-security'], 'max-age=31536000; includeSubDomains');
    }
    assert.equal(await outcomeThroughIngress(agent, 0), 'PAIRING_REQUIRED');
  },
};
