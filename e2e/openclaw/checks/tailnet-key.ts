import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { containerProcesses } from '../container-processes.ts';
import { AUTH_KEY } from '../tailnet.ts';

/** The auth key is in the file of the Secret and nowhere else: in no argument, no environment and no log. */
export const tailnetKey: Check = {
  id: 'tailnet-key',
  run: async (agent) => {
    const file = await agent.pod.container('tailscale').exec(['cat', '/etc/tailscale/auth/authkey']);
    assert.equal(file.stdout.trim(), AUTH_KEY);
    const processes = containerProcesses();
    const commandLines = processes.map(({ commandLine }) => commandLine);
    assert.ok(commandLines.some((text) => text.startsWith('tailscaled ')) && commandLines.some((text) => text.includes('containerboot')));
    const environments = processes.map(({ environment }) => environment);
    const logs = [...agent.pod.logs().values()];
    assert.ok(
      logs.some((text) => text.includes("Running 'tailscale up'")),
      'the entry point has logged in',
    );
    assert.equal([...commandLines, ...environments, ...logs].filter((text) => text.includes(AUTH_KEY)).length, 0);
  },
};
