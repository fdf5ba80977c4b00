import assert from 'node:assert/strict';
import { ANSWER } from '../../ollama/chain-model.ts';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';

/** The first turn after a start loads half of OpenClaw, and then a model. */
const FIRST_TURN_MILLISECONDS = 240_000;

/** A turn of the agent is answered by the model beside it. */
export const localTurn: Check = {
  id: 'local-turn',
  run: async (agent) => {
    const body = JSON.stringify({ model: 'openclaw', messages: [{ role: 'user', content: 'ping' }] });
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${agent.token}` };
    const answer = await call(agent.remote(0), {
      method: 'POST',
      path: '/v1/chat/completions',
      headers,
      body,
      silenceMilliseconds: FIRST_TURN_MILLISECONDS,
    });
    assert.equal(answer.status, 200, answer.body.slice(0, 300));
    const { choices } = JSON.parse(answer.body) as { readonly choices: readonly { readonly message: { readonly content: string } }[] };
    assert.equal(choices[0]?.message.content.trim(), ANSWER);
    assert.match(agent.pod.container('ollama').log(), /\| 200 \|.*POST +"\/api\/chat"/);
  },
};
