import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { whileBroken } from '../package-registry/registry.ts';

/** What was installed once starts while no registry answers, and nobody even asks one. */
export const startsInOutage: Check = {
  id: 'starts-in-outage',
  run: async (agent) => {
    await whileBroken(() => agent.restart());
    assert.deepEqual([agent.pod.logs().get('package-registry'), agent.pod.logs().get('install-skills')], ['', '']);
  },
};
