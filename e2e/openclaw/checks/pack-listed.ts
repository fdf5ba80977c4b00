import assert from 'node:assert/strict';
import type { Check } from '../check.ts';

const STATE = '/home/openclaw/.openclaw';

interface Skill {
  readonly name: string;
  readonly source?: string;
  readonly eligible?: boolean;
  readonly disabled?: boolean;
}

/** OpenClaw lists what a pack has placed, heeds the pack's configuration, and can execute its programs. */
export const packListed: Check = {
  id: 'pack-listed',
  run: async (agent) => {
    const { code, stdout, stderr } = await agent.openclaw('skills', 'list', '--json');
    assert.equal(code, 0, stdout + stderr);
    const { skills } = JSON.parse(stdout) as { skills: readonly Skill[] };
    const found = (name: string): Skill | undefined => skills.find((skill) => skill.name === name);
    assert.deepEqual([found('writer')?.source, found('writer')?.eligible, found('writer')?.disabled], ['openclaw-workspace', true, false]);
    assert.deepEqual([found('quiet')?.source, found('quiet')?.disabled], ['openclaw-workspace', true]);
    for (const workspace of ['workspace', 'workspace-research']) {
      const program = `${STATE}/${workspace}/skills/writer/scripts/hello.sh`;
      const ran = await agent.pod.container('openclaw').exec([program]);
      assert.equal(ran.stdout, `hello from ${program}\n`, ran.stderr);
    }
  },
};
