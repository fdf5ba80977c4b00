import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** A plugin that has left the spec is uninstalled and not loaded; the other one is. */
export const pluginFollowed: Check = {
  id: 'plugin-followed',
  run: async (agent) => {
    const { instanceWithLess } = agent.agentCase;
    assert.ok(instanceWithLess);
    agent.change(instanceWithLess(agent.version));
    await agent.restart();
    const log = agent.pod.container('openclaw').log();
    assert.match(log, /greeting of herald 3\.0\.0/);
    assert.doesNotMatch(log, /greeting of greeter/);
    assert.match(agent.pod.logs().get('install-skills') ?? '', /uninstalled the plugin "greeter", which left the plan/);
  },
};
