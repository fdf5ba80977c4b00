import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** The agent's OpenClaw has found the browser beside it and starts none of its own. */
export const browserAttached: Check = {
  id: 'browser-attached',
  run: async (agent) => {
    const { code, stdout, stderr } = await agent.openclaw('browser', 'status', '--json');
    assert.equal(code, 0, stdout + stderr);
    const { attachOnly, cdpUrl, running } = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual({ attachOnly, cdpUrl, running }, { attachOnly: true, cdpUrl: 'http://127.0.0.1:9222', running: true });
  },
};
