import assert from 'node:assert/strict';
import { quantityBytes } from '../../../src/lib/quantity.ts';
import { run } from '../../pod-runner/command.ts';
import type { Check } from '../check.ts';

/** No emptyDir holds more than half of its size limit: the kubelet evicts a pod that exceeds one. */
export const volumeLimits: Check = {
  id: 'volume-limits',
  run: async (agent) => {
    for (const { name, emptyDir } of agent.pod.spec.volumes ?? []) {
      if (!emptyDir) continue;
      assert.ok(emptyDir.sizeLimit, `${name} has no limit`);
      const limit = Number(quantityBytes(emptyDir.sizeLimit) ?? 0n);
      const used = Number(run('du', '-s', '--block-size=1', agent.pod.volumes.get(name)?.directory ?? '').split('\t')[0]);
      assert.ok(used < limit / 2, `${name}: ${used} of ${limit} bytes`);
    }
  },
};
