import assert from 'node:assert/strict';
import type { Agent } from './agent.ts';

/** What OpenClaw sees on a page after opening it in the agent's browser. */
export async function visit(agent: Agent, url: string): Promise<string> {
  for (const words of [
    ['open', url],
    ['wait', '--load', 'load'],
  ]) {
    const { code, stdout, stderr } = await agent.openclaw('browser', ...words);
    assert.equal(code, 0, `browser ${words.join(' ')}:\n${stdout}${stderr}`);
  }
  const { code, stdout, stderr } = await agent.openclaw('browser', 'snapshot', '--format', 'aria');
  assert.equal(code, 0, stdout + stderr);
  return stdout;
}
