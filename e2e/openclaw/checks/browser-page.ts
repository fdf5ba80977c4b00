import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { INTRANET_URL } from '../intranet.ts';
import { visit } from '../browser.ts';

/** The agent's OpenClaw opens a page in the browser beside it, over TLS that only the CA bundle vouches for, and reads what its script wrote. */
export const browserPage: Check = {
  id: 'browser-page',
  run: async (agent) => {
    const status = await agent.openclaw('browser', 'status', '--json');
    assert.equal(status.code, 0, status.stdout + status.stderr);
    const { attachOnly, cdpUrl, running } = JSON.parse(status.stdout) as Record<string, unknown>;
    assert.deepEqual({ attachOnly, cdpUrl, running }, { attachOnly: true, cdpUrl: 'http://127.0.0.1:9222', running: true });
    assert.match(await visit(agent, INTRANET_URL), /The sum is 42/);
  },
};
