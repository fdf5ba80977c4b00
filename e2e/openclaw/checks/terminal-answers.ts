import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { browserHeaders, openTerminal, TERMINAL_LOGIN, TERMINAL_PORT } from '../terminal.ts';
import { UpgradeRefused } from '../websocket.ts';

const WRONG = { ...TERMINAL_LOGIN, password: 'wrong' };

/** Through a port-forward, with the login of the Secret, the terminal shows and changes the files of the agent as the user of the pod. */
export const terminalAnswers: Check = {
  id: 'terminal-answers',
  run: async (agent) => {
    const route = agent.forwarded(TERMINAL_PORT);
    for (const login of [null, WRONG]) {
      const { status, headers, body } = await call(route, { path: '/', headers: browserHeaders(login) });
      assert.deepEqual([status, headers['www-authenticate']], [401, 'Basic realm="web-terminal", charset="UTF-8"']);
      assert.doesNotMatch(body, /<html/);
    }
    const page = await call(route, { path: '/', headers: browserHeaders(TERMINAL_LOGIN) });
    assert.equal(page.status, 200);
    assert.match(page.body, /<title>ttyd - Terminal<\/title>/);
    assert.equal(page.headers['content-security-policy'], "frame-ancestors 'none'");

    const terminal = await openTerminal(agent, browserHeaders(TERMINAL_LOGIN));
    assert.match(await terminal.answerTo('pwd; id -u; ls'), /^\/home\/openclaw\/\.openclaw\n1000\n[^]*\bworkspace\n/);
    await terminal.answerTo('echo written > terminal.txt');
    assert.match(await terminal.answerTo('cat terminal.txt; rm terminal.txt'), /^written\n/);
    assert.match(await terminal.answerTo('tty; stty size'), /^\/dev\/pts\/\d+\n24 80\n/);
    terminal.close();

    const refusal = (headers: Readonly<Record<string, string>>): Promise<unknown> =>
      openTerminal(agent, headers).then(
        () => null,
        (error: unknown) => (error instanceof UpgradeRefused ? error.status : error),
      );
    assert.equal(await refusal(browserHeaders(null)), 401);
    assert.equal(await refusal(browserHeaders(WRONG)), 401);
    // A page of another site that somebody's browser shows.
    assert.equal(await refusal(browserHeaders(TERMINAL_LOGIN, 'https://evil.example.com')), 403);
    assert.equal(await refusal(browserHeaders(TERMINAL_LOGIN, null)), 403);
  },
};
