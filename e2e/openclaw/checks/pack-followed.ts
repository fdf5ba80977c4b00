import assert from 'node:assert/strict';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';

const SKILLS = '/home/openclaw/.openclaw/workspace/skills';
const LIST = `process.stdout.write(fs.readdirSync('.').sort().join(' '))`;

/** A start reverts what was edited in a pack and removes what has left it; what the agent made itself stays. */
export const packFollowed: Check = {
  id: 'pack-followed',
  run: async (agent) => {
    const { instanceWithLess } = agent.agentCase;
    assert.ok(instanceWithLess);
    const before = await text(agent, 'writer/SKILL.md');
    assert.equal(await node(agent, LIST), 'quiet writer');
    await node(agent, `fs.writeFileSync('writer/SKILL.md', 'edited'); fs.mkdirSync('mine'); fs.writeFileSync('mine/SKILL.md', 'mine')`);
    agent.change(instanceWithLess(agent.version));
    await agent.restart();
    assert.equal(await text(agent, 'writer/SKILL.md'), before);
    assert.equal(await node(agent, LIST), 'mine writer');
  },
};

function text(agent: Agent, path: string): Promise<string> {
  return node(agent, `process.stdout.write(fs.readFileSync('${path}', 'utf8'))`);
}

async function node(agent: Agent, code: string): Promise<string> {
  const script = `const fs = require('node:fs'); process.chdir('${SKILLS}'); ${code}`;
  const { code: status, stdout, stderr } = await agent.pod.container('openclaw').exec(['node', '-e', script]);
  assert.equal(status, 0, stderr);
  return stdout;
}
