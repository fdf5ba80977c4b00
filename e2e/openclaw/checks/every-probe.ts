import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

const KINDS = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

/** Every probe of every container passes, also those that would only restart it later. */
export const everyProbe: Check = {
  id: 'every-probe',
  run: async (agent) => {
    for (const container of agent.pod.running) {
      for (const kind of KINDS) {
        if (!container[kind]) continue;
        const { passed, body } = await agent.pod.probe(container.name, kind);
        assert.ok(passed, `${kind} of ${container.name}: ${body}`);
      }
    }
  },
};
