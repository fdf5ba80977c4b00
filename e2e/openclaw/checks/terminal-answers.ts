import assert from 'node:assert/strict';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { BASIC, SIGNED_IN, TERMINAL_PORT } from '../terminal.ts';
import { openWebSocket, UpgradeRefused } from '../websocket.ts';

const TIMEOUT_MILLISECONDS = 20_000;

/** What the shell says to `line`, up to the word `end`. */
async function answerTo(agent: Agent, line: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`the terminal said only ${JSON.stringify(output)}`)), TIMEOUT_MILLISECONDS);
    const events = {
      onMessage: (text: string): void => {
        if (text.startsWith('0')) output += text.slice(1);
        if (!output.includes('\nend\n')) return;
        clearTimeout(timer);
        resolve(output);
      },
      onClose: (reason: string): void => reject(new Error(reason)),
    };
    void openWebSocket(agent.forwarded(TERMINAL_PORT), { ...SIGNED_IN, 'Sec-WebSocket-Protocol': 'tty' }, events, '/ws').then((socket) => {
      socket.send(JSON.stringify({ AuthToken: BASIC, columns: 80, rows: 24 }));
      socket.send(`0${line}; echo; echo end\n`);
    }, reject);
  });
}

/** Through a port-forward, with the login of the Secret, the terminal shows and changes the files of the agent as the user of the pod. */
export const terminalAnswers: Check = {
  id: 'terminal-answers',
  run: async (agent) => {
    const route = agent.forwarded(TERMINAL_PORT);
    const get = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await call(route, { method: 'GET', path: '/', headers })).status;
    assert.equal(await get({ Host: `localhost:${TERMINAL_PORT}` }), 401);
    assert.equal(await get({ ...SIGNED_IN, Authorization: `Basic ${Buffer.from('ada:wrong').toString('base64')}` }), 401);
    assert.equal(await get(SIGNED_IN), 200);

    assert.match(await answerTo(agent, 'pwd; id -u; ls'), /\/home\/openclaw\/\.openclaw\n1000\n[^]*workspace\n/);
    await answerTo(agent, 'echo written > terminal.txt');
    assert.match(await answerTo(agent, 'cat terminal.txt; rm terminal.txt'), /^written\n/);

    // A page of another site that somebody's browser shows.
    const foreign = { ...SIGNED_IN, Origin: 'https://evil.example.com' };
    const events = { onMessage: () => {}, onClose: () => {} };
    await assert.rejects(openWebSocket(route, foreign, events, '/ws'), UpgradeRefused);
  },
};
