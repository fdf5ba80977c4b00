import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { INTRANET_URL } from '../intranet.ts';
import { visit } from '../browser.ts';

/** The agent's OpenClaw opens a page in the browser beside it, over TLS that only the CA bundle vouches for, and reads what its script wrote. */
export const browserPage: Check = {
  id: 'browser-page',
  run: async (agent) => {
    assert.match(await visit(agent, INTRANET_URL), /The sum is 42/);
  },
};
