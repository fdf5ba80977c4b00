/** Program: the part of `npm run e2e:openclaw` inside the sandbox. Arguments: the versions. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enterSandbox } from '../pod-runner/sandbox.ts';
import { Agent } from './agent.ts';
import { logDirectory } from './cache.ts';
import { CHECKS, CHECKS_OF_OTHER_PODS } from './checks/index.ts';
import { goldenConfigs, validateConfig } from './golden-configs.ts';
import { CASES, MODEL_PORT, type CaseName } from './instances.ts';
import { Report } from './report.ts';

const [versionList = '', caseList = ''] = process.argv.slice(2);
const versions = versionList.split(',');
enterSandbox();
const report = new Report();
for (const version of versions) {
  for (const caseName of CASES) if (caseList.split(',').includes(caseName)) await runCase(version, caseName);
}
const configs = goldenConfigs(versions);
await report.step('golden configurations', 'all', async () => {
  if (configs.length === 0) throw new Error('there are no golden configurations');
  const refused: string[] = [];
  const queue = [...configs];
  // Two at a time: each is a process of its own, on the two cores that CI has.
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift())
      await validateConfig(next).catch((error: Error) => refused.push(error.message));
  };
  await Promise.all([worker(), worker()]);
  if (refused.length > 0) throw new Error(refused.join('\n'));
});
console.log(`${configs.length} distinct golden configurations`);
process.exit(report.end() ? 0 : 1);

async function runCase(version: string, caseName: CaseName): Promise<void> {
  const column = `${version} ${caseName}`;
  const checks = CHECKS.filter(({ cases }) => cases.includes(caseName));
  let agent: Agent | null = null;
  const started = await report.step('start', column, async () => {
    agent = new Agent(version, caseName);
    await agent.start();
    if (caseName === 'overwrite')
      agent.pod.runBeside([process.execPath, fileURLToPath(import.meta.resolve('./fake-model.ts')), String(MODEL_PORT)]);
  });
  const running = agent as Agent | null;
  if (!started || running === null) {
    for (const { id } of checks) report.couldNotRun(id, column);
  } else {
    for (const { id, run } of checks) {
      if (!(await report.step(id, column, () => run(running)))) keepLogs(running, join(logDirectory(version, caseName), id));
    }
    await report.step('stop', column, () => running.stop());
  }
  for (const { id, cases, run } of CHECKS_OF_OTHER_PODS) {
    if (cases.includes(caseName)) await report.step(id, column, () => run(running ?? new Agent(version, caseName)));
  }
}

function keepLogs(agent: Agent, directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const name of ['openclaw', 'gateway-proxy']) {
    try {
      writeFileSync(join(directory, `${name}.log`), agent.pod.container(name).log());
    } catch {
      // A check that failed between two pods leaves none.
    }
  }
  console.log(`       logs: ${directory}`);
}
