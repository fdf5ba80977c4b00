import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { instance } from '../instance.ts';
import { browserHeaders, openTerminal, TERMINAL_PORT } from '../terminal.ts';
import { terminalOnLoopback } from './terminal-on-loopback.ts';

/** Long enough for a shell that hears what is typed; it answers in milliseconds. */
const PATIENCE_MILLISECONDS = 3000;

/** A terminal without a login and without input: it asks nobody, takes nothing, and is on loopback and for its own page only, too. */
export const terminalReadOnly: Check = {
  id: 'terminal-read-only',
  run: async ({ version, agentCase }) => {
    const webTerminal = { enabled: true, readOnly: true };
    const agent = await Agent.of(version, { ...agentCase, instance: () => instance(version, { webTerminal }) });
    try {
      await agent.start();
      assert.equal((await call(agent.forwarded(TERMINAL_PORT), { path: '/', headers: browserHeaders(null) })).status, 200);
      await terminalOnLoopback.run(agent);
      const terminal = await openTerminal(agent, browserHeaders(null));
      const answer = terminal.answerTo('echo written > terminal.txt').then(
        () => 'an answer',
        (error: Error) => error.message,
      );
      const silence = new Promise<string>((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS, 'silence'));
      assert.equal(await Promise.race([answer, silence]), 'silence');
      terminal.close();
      assert.ok(!existsSync(join(agent.pod.volumes.get('data')?.directory ?? '', 'openclaw/terminal.txt')));
      // ttyd itself hangs up on the page of another site.
      await assert.rejects(openTerminal(agent, browserHeaders(null, 'https://evil.example.com')), /socket hang up|ECONNRESET/);
    } finally {
      await agent.end();
    }
  },
};
