import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { call } from '../http-client.ts';

const CDP_PORT = 9222;

/** The browser answers inside the pod and nobody else, and leaves its read-only root alone. */
export const browserOnLoopback: Check = {
  id: 'browser-on-loopback',
  run: async (agent) => {
    const version = await call(agent.forwarded(CDP_PORT), { path: '/json/version' });
    const { Browser, 'User-Agent': userAgent } = JSON.parse(version.body) as Record<string, string>;
    assert.match(Browser ?? '', /^HeadlessChrome\//);
    assert.equal(userAgent, 'Company agent (Linux) 1.0', 'an argument with blanks');
    const { podAddress, podAddress6 } = agent.pod.network;
    for (const [host, localAddress] of [
      [podAddress, agent.pod.network.nodeAddress],
      [podAddress6, '::'],
    ] as const) {
      const outside = call({ host, port: CDP_PORT, localAddress }, { path: '/json/version' });
      await assert.rejects(outside, /ECONNREFUSED/, host);
    }
    assert.doesNotMatch(agent.pod.container('chromium').log(), /Read-only file system|Permission denied|Access denied/);
  },
};
