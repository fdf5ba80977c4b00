import assert from 'node:assert/strict';
import { Agent } from '../agent.ts';
import type { Check } from '../check.ts';
import { instance } from '../instance.ts';
import { REGISTRY_ENV, whileBroken } from '../package-registry/registry.ts';

const SPEC = { env: REGISTRY_ENV, runtimeDeps: { pnpm: true }, skills: ['@example/hello@1.0.0'] };

/** A first start in an outage: by default the pod waits and says why; by the annotation the agent starts without, and says so. */
export const installFailure: Check = {
  id: 'install-failure',
  run: async ({ version, agentCase }) => {
    const waiting = await Agent.of(version, agentCase, 'skills-waiting');
    await assert.rejects(
      whileBroken(() => waiting.start()),
      /container install-tools ended: exit code 1\n[^]*cannot install pnpm/,
    );
    const starting = await Agent.of(version, { ...agentCase, instance: startingWithout }, 'skills-starting');
    try {
      await whileBroken(() => starting.start());
      const logs = starting.pod.logs();
      assert.match(logs.get('install-tools') ?? '', /warning: starting without: cannot install pnpm/);
      assert.match(logs.get('install-skills') ?? '', /warning: starting without: cannot install the skill "@example\/hello@1\.0\.0"/);
      const { stdout } = await starting.openclaw('skills', 'list', '--json');
      assert.ok(stdout.includes('"skills"') && !/"name": ?"hello"/.test(stdout), stdout.slice(0, 500));
    } finally {
      await starting.end();
    }
  },
};

function startingWithout(version: string): object {
  const { metadata, ...rest } = instance(version, SPEC) as { metadata: object };
  return { ...rest, metadata: { ...metadata, annotations: { 'gitops.openclaw.rocks/install-failure': 'start' } } };
}
