import assert from 'node:assert/strict';
import type { Secret } from '../../../src/kube/types.ts';
import type { Check } from '../check.ts';
import { AUTH_SECRET } from '../tailnet.ts';
import { agentAddresses, forgetAuthKey } from '../visitor.ts';
import { tailnetPage } from './tailnet-page.ts';

/** A new pod is the same machine of the tailnet, by what the volume holds alone: the auth key is gone. */
export const tailnetIdentity: Check = {
  id: 'tailnet-identity',
  run: async (agent) => {
    const before = await agentAddresses(agent);
    await forgetAuthKey();
    const secret: Secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: AUTH_SECRET } };
    agent.objects.put(secret as Parameters<typeof agent.objects.put>[0]);
    await agent.restart();
    await tailnetPage.run(agent);
    assert.deepEqual(await agentAddresses(agent), before);
  },
};
