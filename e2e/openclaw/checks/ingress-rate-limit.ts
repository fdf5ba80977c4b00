import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { throughIngress } from '../ingress-controller.ts';
import { loginHeaders } from '../ingress-visitor.ts';

/** More than the burst of five times the rate. */
const REQUESTS = 300;
/** Of the burst, the checks before may have taken some. */
const SURELY_THROUGH = 50;

/** A visitor who asks too often is turned away by the Ingress, and others are not. */
export const ingressRateLimit: Check = {
  id: 'ingress-rate-limit',
  run: async (agent) => {
    const headers = loginHeaders(agent);
    const visit = async (client: 0 | 1): Promise<number> => (await call(throughIngress(client), { path: '/healthz', headers })).status;
    const statuses = await Promise.all(Array.from({ length: REQUESTS }, () => visit(0)));
    assert.deepEqual(new Set(statuses), new Set([200, 503]));
    assert.ok(statuses.filter((status) => status === 200).length >= SURELY_THROUGH, 'the burst is let through');
    assert.equal(await visit(1), 200);
  },
};
