import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { outcomeThroughIngress } from '../ingress-visitor.ts';

const GUESSES = 10;

/** Ten wrong tokens lock out the one visitor of the Ingress who guessed, whatever headers it makes up, and nobody else. */
export const ingressLockOut: Check = {
  id: 'ingress-lock-out',
  run: async (agent) => {
    for (let guess = 1; guess <= GUESSES; guess += 1)
      assert.equal(await outcomeThroughIngress(agent, 2, { token: `guess-${guess}` }), 'AUTH_TOKEN_MISMATCH');
    assert.equal(await outcomeThroughIngress(agent, 2), 'AUTH_RATE_LIMITED');
    for (const address of ['203.0.113.9', '127.0.0.1', '::1'])
      assert.equal(await outcomeThroughIngress(agent, 2, { headers: { 'X-Forwarded-For': address } }), 'AUTH_RATE_LIMITED', address);
    assert.equal(await outcomeThroughIngress(agent, 3), 'PAIRING_REQUIRED', 'another visitor');
    assert.equal(await agent.statusWithToken(agent.local, agent.token), 200, 'a port-forward');
  },
};
