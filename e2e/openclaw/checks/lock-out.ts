import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { newDevice } from '../websocket-client.ts';

const GUESSES = 10;

/** Ten wrong tokens lock one remote address out, even with the right token, and nobody else. */
export const lockOut: Check = {
  id: 'lock-out',
  run: async (agent) => {
    const guesser = agent.remote(2);
    for (let guess = 1; guess <= GUESSES; guess += 1) assert.equal(await agent.statusWithToken(guesser, `guess-${guess}`), 401);
    assert.equal(await agent.statusWithToken(guesser, agent.token), 429);
    assert.equal(await connectionOutcome(guesser, { token: agent.token, device: newDevice() }), 'AUTH_RATE_LIMITED');
    assert.equal(await agent.statusWithToken(agent.remote(3), agent.token), 200, 'another remote client');
    assert.equal(await agent.statusWithToken(agent.local, agent.token), 200, 'a port-forward');
  },
};
