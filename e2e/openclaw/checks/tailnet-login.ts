import assert from 'node:assert/strict';
import { buildId } from '../cache.ts';
import type { Check } from '../check.ts';
import { AGENT_HOST, throughTailnet, visitorJoins } from '../visitor.ts';
import { connectGateway, newDevice } from '../websocket-client.ts';

/** A member of the tailnet is signed in without a token and without an approval, as an administrator. */
export const tailnetLogin: Check = {
  id: 'tailnet-login',
  run: async ({ version }) => {
    await visitorJoins();
    await throughTailnet(async (route) => {
      const headers = { Host: AGENT_HOST, Origin: `https://${AGENT_HOST}` };
      const page = { client: 'openclaw-control-ui', buildId: buildId(version), headers } as const;
      const client = await connectGateway(route, { token: null, device: newDevice(), ...page });
      client.close();
      assert.ok(client.scopes.includes('operator.admin'), client.scopes.join(', '));
    });
  },
};
