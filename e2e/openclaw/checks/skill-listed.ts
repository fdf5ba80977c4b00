import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

const STATE = '/home/openclaw/.openclaw';

interface Skill {
  readonly name: string;
  readonly source?: string;
  readonly eligible?: boolean;
  readonly clawhub?: { readonly status?: string; readonly installedVersion?: string };
}

/** OpenClaw lists an installed skill for everybody, in the version of the spec; one of a workspace is in that workspace. */
export const skillListed: Check = {
  id: 'skill-listed',
  run: async (agent) => {
    const { code, stdout, stderr } = await agent.openclaw('skills', 'list', '--json');
    assert.equal(code, 0, stdout + stderr);
    const { skills } = JSON.parse(stdout) as { skills: readonly Skill[] };
    const hello = skills.find(({ name }) => name === 'hello');
    assert.deepEqual([hello?.source, hello?.eligible], ['openclaw-managed', true], JSON.stringify(hello));
    for (const [path, text] of [
      [`${STATE}/skills/hello/hello.txt`, '1.0.0\n'],
      [`${STATE}/workspace-research/skills/wave/hello.txt`, '0.1.0\n'],
    ] as const) {
      const read = await agent.pod.container('openclaw').exec(['cat', path]);
      assert.equal(read.stdout, text, read.stderr);
    }
  },
};
