/**
 * An adoption while the policies of install/admission are in force: an administrator of the cluster is refused before anything is done, and
 * one of the policies' own administrators does all of it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdoptionRun } from '../adoption-run.ts';
import type { ApiObject } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import { withNamespaces } from '../namespace.ts';
import { install, operatorFixture } from '../operator-fixture.ts';
import { withOwnCluster } from '../own-cluster.ts';
import type { CheckResult } from '../report.ts';
import { policyObjects, stored } from './admission.ts';
import { defineInstances } from './adoption.ts';

const ROOT = join(import.meta.dirname, '../../..');
const NAMESPACE = 'adopt-admission';
/** The server takes new policies and parameters into account some moments after they are stored. */
const EFFECT_TIMEOUT_SECONDS = 30;
/** The group of who runs this. */
const OWN_GROUP = 'system:masters';

export async function checkAdoptionAdmission(shared: Cluster): Promise<CheckResult> {
  return await withOwnCluster(shared, adoptedUnderPolicies);
}

async function adoptedUnderPolicies(cluster: Cluster): Promise<CheckResult> {
  execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'ignore' });
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-adoption-admission-'));
  const controllers = cluster.hasControllers ? null : await startControllers(cluster.client.connection);
  const policies = await policyObjects(NAMESPACE);
  const run = new AdoptionRun(cluster, directory, await operatorFixture('minimal', NAMESPACE), 'argocd');
  try {
    await writeKubeconfig(join(directory, 'kubeconfig'), cluster.client.connection);
    await writeFile(join(directory, 'bot.yaml'), run.fixture.input);
    await defineInstances(cluster);
    await withNamespaces(cluster.client, [NAMESPACE], async () => {
      await install(cluster, run.fixture);
      try {
        for (const object of policies) await stored(cluster.client, object);
        await underPolicies(cluster, run, policies);
      } finally {
        for (const object of policies.toReversed()) await cluster.client.remove(object);
      }
    });
    await controllers?.assertRuns();
  } finally {
    await controllers?.stop();
    await rm(directory, { recursive: true, force: true });
  }
  const rows = [
    ['administrator of the cluster', 'plan, apply, undo', 'refused, with nothing done'],
    ['administrator of the cluster', 'check', 'passes'],
    ['administrator of the policies', 'plan, apply, check, delete the instance, prune', 'passes'],
    ['administrator of the policies', 'undo', 'refused with openclaw-gitops-claims, with nothing done; passes without'],
  ];
  return { summary: 'one installation of the operator', rows: run.failures.length === 0 ? rows : [], failures: run.failures };
}

async function underPolicies(cluster: Cluster, run: AdoptionRun, policies: readonly ApiObject[]): Promise<void> {
  const before = await run.stored();
  const refused = /refused: .*StatefulSet\/minimal.*may not change them here/;
  await effect(run, (text) => refused.test(text));
  run.expect('the plan of an administrator of the cluster', await run.adopt(), 1, refused);
  run.expect('--apply by an administrator of the cluster', await run.adopt('--apply'), 1, refused);
  run.same('after a refusal', before, await run.stored(), true);

  await parameters(cluster, policies, `openclaw-admins\n${OWN_GROUP}\n`);
  await effect(run, isLet);
  run.expect('the plan', await run.adopt(), 0, /take the owner off/);
  run.expect('--apply', await run.adopt('--apply'), 0, /nothing is left to do/);
  run.expect('--check', await run.adopt('--check'), 0, /nothing is left to do/);

  // The way back is barred as well, and as a whole.
  await parameters(cluster, policies, 'openclaw-admins\n');
  const adopted = await run.stored();
  const barred = /refused: "put StatefulSet\/minimal back" is not let: .*may not change them here/;
  await effect(run, (text) => barred.test(text), '--undo');
  run.expect('--undo by an administrator of the cluster', await run.adopt('--undo', '--apply', '--prune'), 1, barred);
  run.same('after a refused --undo', adopted, await run.stored(), true);
  run.expect('--check by an administrator of the cluster', await run.adopt('--check'), 0, /nothing is left to do/);

  await parameters(cluster, policies, `openclaw-admins\n${OWN_GROUP}\n`);
  const held = /refused: "put PersistentVolumeClaim\/minimal-data back" is not let: .*its label app.kubernetes.io\/managed-by stays/;
  await effect(run, (text) => held.test(text) && !text.includes('may not change'), '--undo');
  run.expect('--undo with the policy of claims', await run.adopt('--undo', '--apply', '--prune'), 1, held);
  run.same('after --undo with the policy of claims', adopted, await run.stored(), true);
  await cluster.client.remove(
    policies.find(({ kind, metadata }) => kind.endsWith('Binding') && metadata.name === 'openclaw-gitops-claims')!,
  );
  await effect(run, isLet, '--undo');
  run.expect('--undo', await run.adopt('--undo', '--apply', '--prune'), 0, /done: put StatefulSet\//);
  run.same('after --undo', before, await run.stored(), false);
  run.expect('all at once', await run.adopt('--apply', '--delete-instance', '--prune'), 0, /nothing is left to do/);
  run.expect('--check at the end', await run.adopt('--check', '--delete-instance', '--prune'), 0, /nothing is left to do/);
  const { status } = await cluster.client.get(run.fixture.instance);
  if (status !== 404) run.failures.push(`the instance answers ${status}`);
}

async function parameters({ client }: Cluster, policies: readonly ApiObject[], adminGroups: string): Promise<void> {
  const lists = policies.find(({ kind }) => kind === 'ConfigMap') as ApiObject & { readonly data: object };
  await stored(client, { ...lists, data: { ...lists.data, adminGroups } } as ApiObject);
}

/** Waits until a plan, which changes nothing, says so; what does not come true is told by what is run next. */
async function effect(run: AdoptionRun, isReached: (text: string) => boolean, ...flags: readonly string[]): Promise<void> {
  const deadline = performance.now() + EFFECT_TIMEOUT_SECONDS * 1000;
  while (performance.now() < deadline && !isReached((await run.adopt(...flags)).text)) await sleep(500);
}

function isLet(text: string): boolean {
  return !text.includes('refused:');
}
