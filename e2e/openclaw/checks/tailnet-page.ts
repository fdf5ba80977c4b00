import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';
import { agentAddresses, agentHost, throughTailnet, visitorJoins } from '../visitor.ts';

/** Another machine of the tailnet gets the agent's own page over HTTPS, under a certificate for the agent's name. */
export const tailnetPage: Check = {
  id: 'tailnet-page',
  run: async (agent) => {
    await visitorJoins();
    await agentAddresses(agent);
    const own = await call(agent.local, { path: '/' });
    await throughTailnet(agent, async (route) => {
      const { status, body } = await call(route, { path: '/', headers: { Host: agentHost(agent) } });
      assert.deepEqual({ status, body }, { status: 200, body: own.body });
    });
  },
};
