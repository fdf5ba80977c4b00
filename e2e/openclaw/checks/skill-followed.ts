import assert from 'node:assert/strict';
import type { Agent } from '../agent.ts';
import type { Check } from '../check.ts';

const STATE = '/home/openclaw/.openclaw';

/** A start brings the version that the spec has now and removes what has left it; what the agent made itself stays. */
export const skillFollowed: Check = {
  id: 'skill-followed',
  run: async (agent) => {
    const { instanceWithLess } = agent.agentCase;
    assert.ok(instanceWithLess);
    await node(agent, `fs.mkdirSync('${STATE}/skills/mine'); fs.writeFileSync('${STATE}/skills/mine/SKILL.md', 'mine')`);
    agent.change(instanceWithLess(agent.version));
    await agent.restart();
    assert.equal(await node(agent, `process.stdout.write(fs.readdirSync('${STATE}/skills').sort().join(' '))`), 'hello mine');
    assert.equal(await node(agent, `process.stdout.write(fs.readFileSync('${STATE}/skills/hello/hello.txt'))`), '1.2.0\n');
    assert.equal(await node(agent, `process.stdout.write(String(fs.existsSync('/home/openclaw/.local/bin/greet')))`), 'false');
  },
};

async function node(agent: Agent, code: string): Promise<string> {
  const {
    code: status,
    stdout,
    stderr,
  } = await agent.pod.container('openclaw').exec(['node', '-e', `const fs = require('node:fs'); ${code}`]);
  assert.equal(status, 0, stderr);
  return stdout;
}
