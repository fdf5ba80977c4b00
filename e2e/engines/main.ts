/**
 * `npm run e2e:engines`: the real Argo CD applies what its plugin server makes of our program and plugin.yaml, from a real Git
 * repository, in front of a real API server with the controllers of StatefulSets and of garbage. Builds them with Go into a cache the
 * first time. There is no kubelet: pods never start, and every agent stays Progressing. Any failure exits 1; nothing is ever skipped.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../cluster/api-client.ts';
import { startControlPlane } from '../cluster/control-plane.ts';
import { startControllers } from '../cluster/controllers.ts';
import { defineInstallationKinds } from '../cluster/installation-kinds.ts';
import { withNamespaces } from '../cluster/namespace.ts';
import { defineRenderedKinds } from '../cluster/rendered-kinds.ts';
import { report } from '../cluster/report.ts';
import { startAgentsRepository } from './agents-repository.ts';
import { projectExample } from './application.ts';
import { ARGOCD_NAMESPACE, startArgoCd } from './argocd.ts';
import { checkArgoCdAgent } from './checks/argocd-agent.ts';
import { checkArgoCdCommits } from './checks/argocd-commits.ts';
import { ARGOCD_GOLDENS, checkArgoCdGoldens, goldenNamespace } from './checks/argocd-goldens.ts';
import { checkArgoCdSelfHeal } from './checks/argocd-self-heal.ts';
import { applied } from './stage.ts';

const start = performance.now();
const directory = mkdtempSync(join(tmpdir(), 'openclaw-gitops-engines-'));
/** In the order in which they were started. */
const running: (() => Promise<void>)[] = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stopAll().then(() => process.exit(130)));

let failures = 0;
try {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build.ts'), '--if-stale'], { stdio: 'inherit' });
  const controlPlane = await startControlPlane();
  running.push(controlPlane.stop);
  const client = new ApiClient(controlPlane.connection);
  running.push(async () => client.close());
  await defineRenderedKinds(client);
  await defineInstallationKinds(client);
  const controllers = await startControllers(controlPlane.connection);
  running.push(controllers.stop);
  const repository = await startAgentsRepository(directory);
  running.push(repository.stop);
  console.log(`API server, controllers and Git ready: ${seconds()}`);
  await withNamespaces(client, [ARGOCD_NAMESPACE, 'openclaw'], async () => {
    const own = join(directory, 'argocd');
    mkdirSync(own);
    const argocd = await startArgoCd(client, own);
    running.push(argocd.stop);
    console.log(`Argo CD ready: ${seconds()}`);
    await applied(client, projectExample(repository.url, ARGOCD_GOLDENS.map(goldenNamespace)));
    const stage = { client, repository };
    failures += await report('Argo CD: the example', () => checkArgoCdAgent(stage));
    failures += await report('Argo CD: self-heal', () => checkArgoCdSelfHeal(stage));
    failures += await report('Argo CD: commits', () => checkArgoCdCommits(stage));
    failures += await report('Argo CD: goldens', () => checkArgoCdGoldens(stage));
    if (failures > 0) showLogs(own);
  });
} finally {
  await stopAll();
}
console.log(`${failures === 0 ? 'passed' : `${failures} failures`}: ${seconds()}`);
process.exitCode = failures === 0 ? 0 : 1;

async function stopAll(): Promise<void> {
  for (let stop = running.pop(); stop; stop = running.pop()) await stop();
  rmSync(directory, { recursive: true, force: true });
}

/** What the engine itself said, for whoever looks for the reason. */
function showLogs(own: string): void {
  for (const file of readdirSync(own).filter((name) => name.endsWith('.log'))) {
    console.log(`--- ${file}`);
    console.log(readFileSync(join(own, file), 'utf8').split('\n').slice(-20).join('\n'));
  }
}

function seconds(): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
