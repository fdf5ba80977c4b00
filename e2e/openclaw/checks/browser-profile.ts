import assert from 'node:assert/strict';
import { lstatSync } from 'node:fs';
import { run } from '../../pod-runner/command.ts';
import { visit } from '../browser.ts';
import type { Check } from '../check.ts';
import { INTRANET_URL } from '../intranet.ts';

const VOLUME = 'chromium-data';
/** Of the operator's browser. */
const OPERATOR_USER = '65534';

/** What a site has stored is there in a new pod, although the operator's browser has left it as its user's own. */
export const browserProfile: Check = {
  id: 'browser-profile',
  run: async (agent) => {
    const before = await visits();
    const directory = agent.pod.volumes.get(VOLUME)?.directory ?? '';
    await agent.stop();
    run('find', directory, '-mindepth', '1', '-exec', 'chown', OPERATOR_USER, '{}', '+', '-exec', 'chmod', 'go-rwx', '{}', '+');
    await agent.start();
    assert.equal(lstatSync(`${directory}/Default`).uid, Number(OPERATOR_USER));
    assert.equal(await visits(), before + 1);

    async function visits(): Promise<number> {
      const page = await visit(agent, INTRANET_URL);
      return Number(/Visit number (\d+)/.exec(page)?.[1] ?? assert.fail(page));
    }
  },
};
