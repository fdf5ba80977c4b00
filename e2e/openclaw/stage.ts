/** Program: the part of `npm run e2e:openclaw` inside the sandbox, with the same arguments. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterSandbox } from '../pod-runner/sandbox.ts';
import type { AgentCase } from './agent-case.ts';
import { Agent } from './agent.ts';
import { logDirectory } from './cache.ts';
import { goldenConfigs, judgeConfigs } from './golden-configs.ts';
import { Report } from './report.ts';
import { GOLDEN_CONFIGURATIONS, selection } from './selection.ts';

const { versions, cases, goldenConfigurations } = selection(process.argv.slice(2));
enterSandbox();
const report = new Report();
for (const version of versions) {
  for (const agentCase of cases) if (agentCase.versions?.includes(version) ?? true) await runCase(version, agentCase);
}
if (goldenConfigurations) await judgeGoldenConfigs();
process.exit(report.end() ? 0 : 1);

async function judgeGoldenConfigs(): Promise<void> {
  for (const version of versions) {
    await report.step('configurations', `${version} ${GOLDEN_CONFIGURATIONS}`, async () => {
      const configs = await goldenConfigs(version);
      console.log(`${configs.length} distinct golden configurations on ${version}`);
      await judgeConfigs(configs);
    });
  }
}

async function runCase(version: string, agentCase: AgentCase): Promise<void> {
  const column = `${version} ${agentCase.name}`;
  let agent: Agent | null = null;
  const started = await report.step('start', column, async () => {
    agent = await Agent.of(version, agentCase);
    await agent.start();
  });
  const running = agent as Agent | null;
  if (!started || running === null) {
    await running?.end();
    for (const { id } of agentCase.checks) report.couldNotRun(id, column);
  } else {
    for (const { id, run } of agentCase.checks) {
      if (!(await report.step(id, column, () => run(running)))) keepLogs(running, join(logDirectory(version, agentCase.name), id));
    }
    await report.step('stop', column, () => running.end());
  }
  for (const { id, run } of agentCase.checksOfOtherPods ?? [])
    await report.step(id, column, async () => run(running ?? (await Agent.of(version, agentCase))));
}

function keepLogs(agent: Agent, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  try {
    for (const [name, text] of agent.pod.logs()) writeFileSync(join(directory, `${name}.log`), text);
  } catch {
    // A check that failed between two pods leaves none.
  }
  console.log(`       logs: ${directory}`);
}
