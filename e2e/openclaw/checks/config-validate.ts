import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** OpenClaw itself finds the configuration that the gateway reads valid, without a warning. */
export const configValidate: Check = {
  id: 'config-validate',
  run: async (agent) => {
    const { code, stdout, stderr } = await agent.openclaw('config', 'validate', '--json');
    assert.equal(code, 0, stdout + stderr);
    const { valid, warnings } = JSON.parse(stdout) as { valid: boolean; warnings?: unknown[] };
    assert.equal(valid, true, stdout);
    assert.deepEqual(warnings ?? [], []);
  },
};
