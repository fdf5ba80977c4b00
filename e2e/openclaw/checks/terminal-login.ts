import assert from 'node:assert/strict';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { containerProcesses } from '../container-processes.ts';
import { call } from '../http-client.ts';
import { browserHeaders, loginSecret, openTerminal, TERMINAL_LOGIN, TERMINAL_PORT } from '../terminal.ts';

const LATER_LOGIN = { username: 'ada', password: 'battery staple' };
/** More than is looked at in a row. */
const GUESSES = 12;

/** The login is in no argument, no environment and no log, follows its Secret without a restart, and is hard to guess. */
export const terminalLogin: Check = {
  id: 'terminal-login',
  run: async (agent) => {
    const terminal = await openTerminal(agent, browserHeaders(TERMINAL_LOGIN));
    await terminal.answerTo('true');
    expectSecrecy(agent);

    change(agent, LATER_LOGIN);
    assert.equal(await status(agent, TERMINAL_LOGIN), 401);
    assert.equal(await status(agent, LATER_LOGIN), 200);
    await terminal.closed;
    change(agent, TERMINAL_LOGIN);
    assert.equal(await status(agent, TERMINAL_LOGIN), 200);

    const statuses = await Promise.all(
      Array.from({ length: GUESSES }, (_, index) => status(agent, { ...TERMINAL_LOGIN, password: `guess ${index}` })),
    );
    assert.equal(statuses.at(-1), 429);
    assert.equal(await status(agent, TERMINAL_LOGIN), 429);
  },
};

function expectSecrecy(agent: Agent): void {
  const processes = containerProcesses();
  for (const program of ['ttyd --interface=', 'sh', 'node /opt/openclaw-gitops/web-terminal-gate.mjs'])
    assert.ok(
      processes.some(({ commandLine }) => commandLine.startsWith(program)),
      `${program} runs`,
    );
  const texts = [...processes.flatMap(({ commandLine, environment }) => [commandLine, environment]), ...agent.pod.logs().values()];
  const { username, password } = TERMINAL_LOGIN;
  for (const secret of [password, Buffer.from(`${username}:${password}`).toString('base64')])
    assert.equal(texts.filter((text) => text.includes(secret)).length, 0);
}

function change(agent: Agent, login: typeof TERMINAL_LOGIN): void {
  agent.objects.put(loginSecret(login));
  agent.pod.refreshVolumes();
}

async function status(agent: Agent, login: typeof TERMINAL_LOGIN): Promise<number> {
  return (await call(agent.forwarded(TERMINAL_PORT), { path: '/', headers: browserHeaders(login) })).status;
}
