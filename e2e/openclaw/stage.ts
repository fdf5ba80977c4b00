/** Program: the part of `npm run e2e:openclaw` inside the sandbox. Arguments: the versions and the cases. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enterSandbox } from '../pod-runner/sandbox.ts';
import type { AgentCase } from './agent-case.ts';
import { Agent } from './agent.ts';
import { logDirectory } from './cache.ts';
import { casesNamed } from './cases/index.ts';
import { goldenConfigs, judgeConfig } from './golden-configs.ts';
import { Report } from './report.ts';

const [versionList = '', caseList = ''] = process.argv.slice(2);
const versions = versionList.split(',');
enterSandbox();
const report = new Report();
for (const version of versions) {
  for (const agentCase of casesNamed(caseList.split(',')))
    if (agentCase.versions?.includes(version) ?? true) await runCase(version, agentCase);
}
const configs = goldenConfigs(versions);
await report.step('golden configurations', 'all', async () => {
  if (configs.length === 0) throw new Error('there are no golden configurations');
  const refused: string[] = [];
  const queue = [...configs];
  // Two at a time: each is a process of its own, on the two cores that CI has.
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await judgeConfig(next).catch((error: Error) => refused.push(error.message));
  };
  await Promise.all([worker(), worker()]);
  if (refused.length > 0) throw new Error(refused.join('\n'));
});
console.log(`${configs.length} distinct golden configurations`);
process.exit(report.end() ? 0 : 1);

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
