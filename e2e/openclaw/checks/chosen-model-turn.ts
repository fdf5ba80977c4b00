import assert from 'node:assert/strict';
import { ANSWER } from '../../ollama/chain-model.ts';
import type { Check } from '../check.ts';

const MODEL = 'ollama/llama3.2:latest';

/** A turn for which the local model is chosen in place of the configured one is answered by the Ollama beside the agent. */
export const chosenModelTurn: Check = {
  id: 'chosen-model-turn',
  run: async (agent) => {
    const turn = await agent.openclaw('agent', '--agent', 'main', '--model', MODEL, '--message', 'ping', '--json');
    assert.equal(turn.code, 0, turn.stdout + turn.stderr);
    const { result } = JSON.parse(turn.stdout) as { readonly result: { readonly payloads: readonly { readonly text: string }[] } };
    assert.deepEqual(
      result.payloads.map(({ text }) => text.trim()),
      [ANSWER],
    );
    assert.match(agent.pod.container('ollama').log(), /\| 200 \|.*POST +"\/api\/chat"/);
  },
};
