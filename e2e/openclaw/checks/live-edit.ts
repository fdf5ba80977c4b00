import assert from 'node:assert/strict';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';

/** Deleted from the live configuration at every start. */
export const FORCED_PATH = 'tools.elevated';

/** In merge mode an edit by the agent survives a new pod, unless Git says otherwise or its path is forced. */
export const liveEdit: Check = {
  id: 'live-edit',
  run: async (agent) => {
    await set(agent, 'logging.level', '"warn"');
    await set(agent, 'session.dmScope', '"per-channel-peer"');
    await set(agent, `${FORCED_PATH}.enabled`, 'false');
    await agent.restart();
    const live = JSON.parse((await agent.pod.container('openclaw').exec(['cat', '/home/openclaw/.openclaw/openclaw.json'])).stdout) as Live;
    assert.equal(live.logging?.level, 'warn', 'an edit of a key that Git leaves alone');
    assert.equal(live.session?.dmScope, 'main', 'an edit of a key that Git sets');
    assert.equal(live.tools?.elevated, undefined, 'an edit below a forced path');
  },
};

interface Live {
  readonly logging?: { readonly level?: string };
  readonly session?: { readonly dmScope?: string };
  readonly tools?: { readonly elevated?: object };
}

async function set(agent: Agent, path: string, value: string): Promise<void> {
  const { code, stdout, stderr } = await agent.openclaw('config', 'set', path, value);
  assert.equal(code, 0, stdout + stderr);
}
