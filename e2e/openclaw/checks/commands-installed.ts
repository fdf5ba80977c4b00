import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

/** What npm and corepack have installed is on the agent's PATH and runs. */
export const commandsInstalled: Check = {
  id: 'commands-installed',
  run: async (agent) => {
    for (const [argv, printed] of [
      [['greet'], 'hello from npm\n'],
      [['pnpm', '--version'], '11.28.11\n'],
    ] as const) {
      const { stdout, stderr } = await agent.pod.container('openclaw').exec(argv);
      assert.equal(stdout, printed, stderr);
    }
  },
};
