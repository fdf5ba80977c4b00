import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { call } from '../http-client.ts';
import { LATER_ORIGIN } from '../origins.ts';
import { newDevice } from '../websocket-client.ts';

const TRIES = 60;
const PAUSE_MILLISECONDS = 500;
/** Versions before 2026.9 restart inside their process for this key, some only after they have begun to honour it. */
const CALM_MILLISECONDS = 4000;

/** A changed ConfigMap reaches the running gateway: an origin that was refused is accepted without a new container. */
export const hotReload: Check = {
  id: 'hot-reload',
  run: async (agent) => {
    assert.equal(await outcome(agent), 'CONTROL_UI_ORIGIN_NOT_ALLOWED');
    const changed = agent.agentCase.instanceWithLaterOrigin?.(agent.version);
    assert.ok(changed, 'the case has no instance with another origin');
    agent.change(changed);
    let last = '';
    for (let attempt = 0; attempt < TRIES && last !== 'PAIRING_REQUIRED'; attempt += 1) {
      await sleep(PAUSE_MILLISECONDS);
      last = await outcome(agent);
    }
    assert.equal(last, 'PAIRING_REQUIRED', 'the new origin');
    assert.equal(agent.pod.container('openclaw').hasEnded(), false, 'the container ended');
    await calm(agent);
  },
};

function outcome(agent: Agent): Promise<string> {
  return connectionOutcome(agent.remote(1), {
    token: agent.token,
    device: newDevice(),
    client: 'openclaw-control-ui',
    headers: { Origin: LATER_ORIGIN },
  });
}

/** Returns when the gateway has been ready for a while. */
async function calm(agent: Agent): Promise<void> {
  let since = performance.now();
  for (let attempt = 0; attempt < TRIES * 2; attempt += 1) {
    if ((await call(agent.remote(1), { path: '/readyz' })).status !== 200) since = performance.now();
    if (performance.now() - since > CALM_MILLISECONDS) return;
    await sleep(PAUSE_MILLISECONDS);
  }
  throw new Error('the gateway did not come back');
}
