import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from '../../../src/kube/types.ts';
import { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { agentAddresses, forgetAuthKey } from '../visitor.ts';
import { tailnetPage } from './tailnet-page.ts';

const STATE_FILE = '.openclaw-gitops-tailscale/tailscaled.state';
/** What the entry point keeps in the same Secret. */
const BESIDE = { device_id: 'n1', device_fqdn: 'desk.tail1234.ts.net.', tailscale_capver: '130' };

/** An agent whose identity the operator kept in a Secret comes back as the same machine on a volume that has none. */
export const tailnetAdoption: Check = {
  id: 'tailnet-adoption',
  run: async ({ version, agentCase }) => {
    const before = await Agent.of(version, agentCase, 'tailnet-operator');
    const after = await Agent.of(version, { ...agentCase, beyondPod: async () => [] }, 'tailnet-adopted');
    try {
      await before.start();
      await tailnetPage.run(before);
      const addresses = await agentAddresses(before);
      const state = readFileSync(join(before.pod.volumes.get('data')?.directory ?? '', STATE_FILE), 'utf8');
      await before.stop();
      await forgetAuthKey();
      const secret: Secret = {
        ...after.objects.get('Secret', 'ada-ts-state'),
        data: { ...encoded(BESIDE), ...sanitized(JSON.parse(state) as Record<string, string>) },
      };
      after.objects.put(secret as Parameters<typeof after.objects.put>[0]);
      await after.start();
      await tailnetPage.run(after);
      assert.deepEqual(await agentAddresses(after), addresses);
    } finally {
      await after.end();
      await before.end();
    }
  },
};

/** Tailscale's own way of making keys of a Secret from those of its state. */
function sanitized(state: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(state).map(([key, value]) => [key.replaceAll(/[^\w.-]/g, '_'), value]));
}

function encoded(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
}
