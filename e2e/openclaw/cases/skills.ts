import type { AgentCase } from '../agent-case.ts';
import { commandsInstalled } from '../checks/commands-installed.ts';
import { installFailure } from '../checks/install-failure.ts';
import { ON_END, ON_START } from '../checks/index.ts';
import { skillFollowed } from '../checks/skill-followed.ts';
import { skillListed } from '../checks/skill-listed.ts';
import { startsInOutage } from '../checks/starts-in-outage.ts';
import { fetchPnpm } from '../install.ts';
import { instance } from '../instance.ts';
import { REGISTRY_ENV, registry } from '../package-registry/registry.ts';

/** Skills of ClawHub and commands of npm, installed from stand-ins of both by OpenClaw's, npm's and corepack's own programs. */
export const skillsCase: AgentCase = {
  name: 'skills',
  instance: (version) => instance(version, spec(['@example/hello@1.0.0', 'npm:greet-command@2.0.0'])),
  instanceWithLess: (version) => instance(version, spec(['@example/hello@1.2.0'])),
  install: async () => fetchPnpm(),
  besideContainers: [registry],
  leftOut: ['otel-collector'],
  checks: [...ON_START, skillListed, commandsInstalled, startsInOutage, ...ON_END, skillFollowed],
  checksOfOtherPods: [installFailure],
};

function spec(skills: readonly string[]): object {
  return {
    env: REGISTRY_ENV,
    runtimeDeps: { pnpm: true },
    skills,
    workspace: { additionalWorkspaces: [{ name: 'research', skills: ['example/wave'] }] },
  };
}
