import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** Before the agent started, the model was fetched, by an Ollama that is not root. */
export const modelsPulled: Check = {
  id: 'models-pulled',
  run: async (agent) => {
    const log = agent.pod.logs().get('pull-models') ?? '';
    assert.match(log, /^pull-models: model "llama3\.2": "pulling manifest"\n/);
    assert.match(log, /\npull-models: model "llama3\.2" is there now\n$/);
    const ollama = agent.pod.container('ollama');
    const listed = await ollama.exec(['ollama', 'list']);
    assert.match(listed.stdout, /^llama3\.2:latest /m, listed.stderr);
    const ids = await ollama.exec(['sh', '-c', 'stat --format=%u /proc/1 && touch /home/ollama/x']);
    assert.equal(ids.stdout, '1000\n');
    assert.match(ids.stderr, /Read-only file system/);
  },
};
