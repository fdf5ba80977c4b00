import assert from 'node:assert/strict';
import { buildId } from '../cache.ts';
import type { Check } from '../check.ts';
import { agentHost, throughTailnet, visitorJoins } from '../visitor.ts';
import { connectGateway, newDevice } from '../websocket-client.ts';

/** A member of the tailnet is signed in without a token and without an approval, as an administrator. */
export const tailnetLogin: Check = {
  id: 'tailnet-login',
  run: async (agent) => {
    await visitorJoins();
    await throughTailnet(agent, async (route) => {
      const host = agentHost(agent);
      const headers = { Host: host, Origin: `https://${host}` };
      const page = { client: 'openclaw-control-ui', buildId: buildId(agent.version), headers } as const;
      const client = await connectGateway(route, { token: null, device: newDevice(), ...page });
      client.close();
      assert.ok(client.scopes.includes('operator.admin'), client.scopes.join(', '));
    });
  },
};
