/** Adoptions where something is not as it should be: each ends with a word on it, and with nothing done or with something that goes on. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdoptionRun } from '../adoption-run.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import { withNamespaces } from '../namespace.ts';
import { install, operatorFixture } from '../operator-fixture.ts';
import type { CheckResult } from '../report.ts';
import { defineInstances } from './adoption.ts';
import { ADOPTION_STATES } from './adoption-states-tried.ts';

const ROOT = join(import.meta.dirname, '../../..');

export async function checkAdoptionStates(cluster: Cluster): Promise<CheckResult> {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'ignore' });
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-adoption-states-'));
  const controllers = cluster.hasControllers ? null : await startControllers(cluster.client.connection);
  const rows: string[][] = [];
  const failures: string[] = [];
  const names = Object.keys(ADOPTION_STATES).map((name) => `state-${name}`);
  try {
    await writeKubeconfig(join(directory, 'kubeconfig'), cluster.client.connection);
    await defineInstances(cluster);
    await withNamespaces(cluster.client, names, async () => {
      for (const [name, { isInstalled = true, oracle = 'minimal', tried }] of Object.entries(ADOPTION_STATES)) {
        const run = new AdoptionRun(cluster, directory, await operatorFixture(oracle, `state-${name}`), 'argocd');
        await writeFile(join(directory, 'bot.yaml'), run.fixture.input);
        try {
          if (isInstalled) await install(cluster, run.fixture);
          await tried(run);
        } catch (error) {
          run.failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
        }
        rows.push([name, run.failures.length === 0 ? 'as expected' : 'failed']);
        failures.push(...run.failures.map((failure) => `${name}: ${failure}`));
      }
      await controllers?.assertRuns();
    });
  } finally {
    await controllers?.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return { summary: `${rows.length} states`, rows, failures };
}
