import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { PNPM_VERSION } from '../install.ts';

/** What npm and corepack have installed is on the agent's PATH and runs. */
export const commandsInstalled: Check = {
  id: 'commands-installed',
  run: async (agent) => {
    for (const [argv, printed] of [
      [['greet'], 'hello from npm\n'],
      [['pnpm', '--version'], `${PNPM_VERSION}\n`],
    ] as const) {
      const { stdout, stderr } = await agent.pod.container('openclaw').exec(argv);
      assert.equal(stdout, printed, stderr);
    }
  },
};
