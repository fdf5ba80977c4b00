import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';

const PORT = 11434;

/** Ollama's API, which knows no password, answers inside the pod and to nobody else. */
export const ollamaLoopback: Check = {
  id: 'ollama-loopback',
  run: async (agent) => {
    const inside = await call(agent.forwarded(PORT), { path: '/api/tags' });
    assert.deepEqual([inside.status, inside.body.includes('llama3.2:latest')], [200, true]);
    await assert.rejects(call({ ...agent.remote(0), port: PORT }, { path: '/api/tags' }), /ECONNREFUSED/);
    assert.equal((await call(agent.forwarded(PORT), { path: '/' })).body, 'Ollama is running');
  },
};
