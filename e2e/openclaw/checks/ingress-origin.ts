import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { INGRESS_HOST } from '../ingress-controller.ts';
import { outcomeThroughIngress } from '../ingress-visitor.ts';

/** The Control UI is served and accepted under the Ingress's host, and under no other. */
export const ingressOrigin: Check = {
  id: 'ingress-origin',
  run: async (agent) => {
    const page = (origin: string): Promise<string> =>
      outcomeThroughIngress(agent, 1, { client: 'openclaw-control-ui', headers: { Origin: origin } });
    assert.equal(await page(`https://${INGRESS_HOST}`), 'PAIRING_REQUIRED');
    for (const origin of [`http://${INGRESS_HOST}`, 'https://evil.example.com', `https://${INGRESS_HOST}.evil.example.com`])
      assert.equal(await page(origin), 'CONTROL_UI_ORIGIN_NOT_ALLOWED', origin);
  },
};
