import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { PNPM_VERSION } from '../install.ts';

interface Skill {
  readonly name: string;
  readonly source?: string;
}

/** The skill and the tool of the guide's example are there: OpenClaw lists the one, the other runs. */
export const guideInstalls: Check = {
  id: 'guide-installs',
  run: async (agent) => {
    const { code, stdout, stderr } = await agent.openclaw('skills', 'list', '--json');
    assert.equal(code, 0, stdout + stderr);
    const { skills } = JSON.parse(stdout) as { skills: readonly Skill[] };
    assert.equal(skills.find(({ name }) => name === 'mcp-server-fetch')?.source, 'openclaw-managed');
    const pnpm = await agent.pod.container('openclaw').exec(['pnpm', '--version']);
    assert.equal(pnpm.stdout, `${PNPM_VERSION}\n`, pnpm.stderr);
  },
};
