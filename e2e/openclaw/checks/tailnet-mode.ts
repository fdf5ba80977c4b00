import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { agentHost } from '../visitor.ts';

const TRIES = 50;
const PAUSE_MILLISECONDS = 200;

/** Funnel in place of Serve, and back: the daemon follows the ConfigMap, and nothing starts anew. */
export const tailnetMode: Check = {
  id: 'tailnet-mode',
  run: async (agent) => {
    const { instance, instanceWithFunnel } = agent.agentCase;
    assert.ok(instance && instanceWithFunnel, 'the case has no instance with Funnel');
    assert.equal(await funnel(agent), undefined);
    for (const [changed, expected] of [
      [instanceWithFunnel, { [`${agentHost(agent)}:443`]: true }],
      [instance, undefined],
    ] as const) {
      agent.change(changed(agent.version));
      let found: unknown;
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        found = await funnel(agent);
        if (JSON.stringify(found) === JSON.stringify(expected)) break;
        await sleep(PAUSE_MILLISECONDS);
      }
      assert.deepEqual(found, expected);
    }
    assert.equal(agent.pod.container('tailscale').hasEnded(), false, 'the container ended');
  },
};

/** What the daemon opens to the internet. */
async function funnel(agent: Agent): Promise<unknown> {
  const { stdout, stderr, code } = await agent.pod.container('tailscale').exec(['tailscale', 'serve', 'status', '--json']);
  assert.equal(code, 0, stderr);
  return (JSON.parse(stdout) as { AllowFunnel?: unknown }).AllowFunnel;
}
