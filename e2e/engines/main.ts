/**
 * `npm run e2e:engines`: the real Argo CD applies what its plugin server makes of our program and plugin.yaml, from a real Git
 * repository, and the real kustomize-controller of Flux what our program pushed into a real registry, in front of a real API server with
 * the controllers of StatefulSets, of disruption budgets and of garbage. Builds them with Go into a cache the first time. There is no kubelet: no container
 * runs, and pods are ready because a stand-in says so. Any failure exits 1; nothing is ever skipped.
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
import { startRegistry } from '../registries/real-registries.ts';
import { startAgentsRepository } from './agents-repository.ts';
import { projectExample } from './application.ts';
import { ARGOCD_NAMESPACE, startArgoCd } from './argocd.ts';
import { checkArgoCdAgent } from './checks/argocd-agent.ts';
import { checkArgoCdCommits } from './checks/argocd-commits.ts';
import { ARGOCD_GOLDENS, checkArgoCdGoldens, goldenNamespace } from './checks/argocd-goldens.ts';
import { checkArgoCdPushed, PUSHED_AGENTS, pushedRepository } from './checks/argocd-pushed.ts';
import { checkArgoCdRemoval } from './checks/argocd-removal.ts';
import { checkArgoCdSelfHeal } from './checks/argocd-self-heal.ts';
import { checkFluxAgent, FLUX_AGENTS } from './checks/flux.ts';
import { ARTIFACT_AGENTS, checkExternalArtifact } from './checks/flux-external-artifact.ts';
import { FLEET_NAMESPACE } from './fleet.ts';
import { FLUX_NAMESPACE, startFlux } from './flux.ts';
import { applied } from './stage.ts';
import { startStandInKubelet } from '../cluster/stand-in-kubelet.ts';

/** Of agents whose pods run, as far as anything does here. */
const NAMESPACES = ['openclaw', FLEET_NAMESPACE, FLUX_AGENTS, ARTIFACT_AGENTS, PUSHED_AGENTS];

const start = performance.now();
const directory = mkdtempSync(join(tmpdir(), 'openclaw-gitops-engines-'));
/** How to stop what runs, in the order in which it was started. */
const running: (() => Promise<void>)[] = [];
let isInterrupted = false;
let stopping: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    isInterrupted = true;
    void stopAll().then(() => process.exit(130));
  });
}

let failures = 0;
try {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../scripts/build.ts'), '--if-stale'], { stdio: 'inherit' });
  const controlPlane = await startControlPlane();
  running.push(controlPlane.stop);
  const client = new ApiClient(controlPlane.connection);
  running.push(async () => client.close());
  await defineRenderedKinds(client);
  await defineInstallationKinds(client);
  running.push((await startControllers(controlPlane.connection, ['disruption-controller'])).stop);
  console.log(`API server and controllers ready: ${seconds()}`);
  await withNamespaces(client, NAMESPACES, async () => {
    running.push(startStandInKubelet(controlPlane.connection, NAMESPACES).stop);
    await withNamespaces(client, [ARGOCD_NAMESPACE], async () => await argoCd(client));
    await withNamespaces(client, [FLUX_NAMESPACE], async () => await flux(client));
  });
} catch (error) {
  // What still ran when its server was stopped.
  if (!isInterrupted) throw error;
} finally {
  await stopAll();
}
if (isInterrupted) process.exit(130);
console.log(`${failures === 0 ? 'passed' : `${failures} failures`}: ${seconds()}`);
process.exitCode = failures === 0 ? 0 : 1;

/** The checks go on from one another: what one applied, the next one changes. */
async function argoCd(client: ApiClient): Promise<void> {
  const own = join(directory, 'argocd');
  mkdirSync(own);
  const repository = await startAgentsRepository(own);
  running.push(repository.stop);
  const registry = await startRegistry('ocireg', join(own, 'registry'));
  running.push(registry.stop);
  const engine = await startArgoCd(client, own);
  running.push(engine.stop);
  console.log(`Argo CD ready: ${seconds()}`);
  await applied(
    client,
    projectExample(
      [repository.url, pushedRepository(registry.host)],
      [...ARGOCD_GOLDENS.map(goldenNamespace), FLEET_NAMESPACE, PUSHED_AGENTS],
    ),
  );
  const stage = { client, repository };
  const before = failures;
  failures += await report('Argo CD: the example', () => checkArgoCdAgent(stage));
  failures += await report('Argo CD: self-heal', () => checkArgoCdSelfHeal(stage));
  failures += await report('Argo CD: commits', () => checkArgoCdCommits(stage));
  failures += await report('Argo CD: removal', () => checkArgoCdRemoval(stage));
  failures += await report('Argo CD: goldens', () => checkArgoCdGoldens(stage));
  failures += await report('Argo CD: pushed', () => checkArgoCdPushed(stage, registry.host, own));
  if (failures > before && !isInterrupted) showLogs(own);
  await engine.stop();
}

async function flux(client: ApiClient): Promise<void> {
  const own = join(directory, 'flux');
  mkdirSync(own);
  const engine = await startFlux(client, own);
  running.push(engine.stop);
  console.log(`Flux ready: ${seconds()}`);
  const before = failures;
  failures += await report('Flux: the agent', () => checkFluxAgent(client, engine));
  failures += await report('Flux: an ExternalArtifact', () => checkExternalArtifact(client, engine));
  if (failures > before && !isInterrupted) showLogs(own);
}

/** Once, whoever asks first: the end of the checks, or a signal. */
async function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (let stop = running.pop(); stop; stop = running.pop()) await stop();
    rmSync(directory, { recursive: true, force: true });
  })();
  await stopping;
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
