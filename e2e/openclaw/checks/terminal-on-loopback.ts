import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { browserHeaders, TERMINAL_LOGIN, TERMINAL_PORT } from '../terminal.ts';

/** Nobody else of the cluster reaches it. */
export const terminalOnLoopback: Check = {
  id: 'terminal-on-loopback',
  run: async (agent) => {
    const { host, localAddress } = agent.remote(0) as { readonly host: string; readonly localAddress: string };
    const route = { host, port: TERMINAL_PORT, localAddress };
    await assert.rejects(call(route, { path: '/', headers: browserHeaders(TERMINAL_LOGIN) }), /ECONNREFUSED/);
  },
};
