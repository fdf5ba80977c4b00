import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { SANDBOX_DIRECTORY } from '../../pod-runner/sandbox.ts';
import type { Check } from '../check.ts';
import { AUTH_KEY } from '../tailnet.ts';

/** The auth key is in the file of the Secret and nowhere else: in no argument, no environment and no log. */
export const tailnetKey: Check = {
  id: 'tailnet-key',
  run: async (agent) => {
    const file = await agent.pod.container('tailscale').exec(['cat', '/etc/tailscale/auth/authkey']);
    assert.equal(file.stdout.trim(), AUTH_KEY);
    const processes = containerProcesses();
    const commandLines = processes.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim());
    assert.ok(commandLines.some((text) => text.startsWith('tailscaled ')) && commandLines.some((text) => text.includes('containerboot')));
    const environments = processes.map((pid) => readFileSync(`/proc/${pid}/environ`, 'utf8'));
    const logs = [...agent.pod.logs().values()];
    assert.ok(
      logs.some((text) => text.includes("Running 'tailscale up'")),
      'the entry point has logged in',
    );
    assert.equal([...commandLines, ...environments, ...logs].filter((text) => text.includes(AUTH_KEY)).length, 0);
  },
};

/** Everything that runs in a container now. */
function containerProcesses(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/root`).startsWith(SANDBOX_DIRECTORY);
    } catch {
      return false;
    }
  });
}
