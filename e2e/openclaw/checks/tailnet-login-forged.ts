import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { connectionOutcome } from '../connection-outcome.ts';
import { agentHost, visitorAddress, visitorLogin } from '../visitor.ts';
import { newDevice } from '../websocket-client.ts';

/** Whoever is not in the tailnet is not signed in by the headers of one who is, neither from afar nor through a port-forward. */
export const tailnetLoginForged: Check = {
  id: 'tailnet-login-forged',
  run: async (agent) => {
    const host = agentHost(agent);
    const login = await visitorLogin();
    const headers = {
      Host: host,
      Origin: `https://${host}`,
      'Tailscale-User-Login': login,
      'Tailscale-User-Name': login,
      'X-Forwarded-For': await visitorAddress(),
      'X-Forwarded-Host': host,
      'X-Forwarded-Proto': 'https',
    };
    for (const route of [agent.remote(0), agent.local]) {
      const outcome = await connectionOutcome(route, { token: null, device: newDevice(), client: 'openclaw-control-ui', headers });
      assert.equal(outcome, 'AUTH_TOKEN_MISSING');
    }
  },
};
