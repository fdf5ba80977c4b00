import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** The next pod finds the model on the claim and asks nobody for it. */
export const modelsKept: Check = {
  id: 'models-kept',
  run: async (agent) => {
    await agent.restart();
    assert.equal(agent.pod.logs().get('pull-models'), 'pull-models: model "llama3.2" is there\n');
  },
};
