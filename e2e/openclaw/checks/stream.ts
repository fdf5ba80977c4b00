import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';

/** The first turn after a start loads half of OpenClaw: seconds on an idle machine, a minute on a busy one. */
const FIRST_TURN_MILLISECONDS = 240_000;
/** The model pauses 300 ms after each of its five words. */
const LEAST_SPREAD_MILLISECONDS = 600;

/** A turn's answer reaches a remote client word by word: nothing in between holds it back. */
export const stream: Check = {
  id: 'stream',
  run: async (agent) => {
    const arrivals: number[] = [];
    const onData = (text: string): void => {
      if (text.includes('"content"')) arrivals.push(performance.now());
    };
    const body = JSON.stringify({ model: 'openclaw', stream: true, messages: [{ role: 'user', content: 'count' }] });
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${agent.token}` };
    const answer = await call(agent.remote(0), {
      method: 'POST',
      path: '/v1/chat/completions',
      headers,
      body,
      onData,
      silenceMilliseconds: FIRST_TURN_MILLISECONDS,
    });
    assert.equal(answer.status, 200, answer.body.slice(0, 300));
    assert.ok(arrivals.length >= 3, `${arrivals.length} pieces`);
    const spread = (arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0);
    assert.ok(spread >= LEAST_SPREAD_MILLISECONDS, `all pieces came within ${Math.round(spread)} ms`);
  },
};
