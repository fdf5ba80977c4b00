/**
 * The README's section on adoption, command after command as a stranger would copy them: the real kubectl and the built program against the
 * API server and the garbage collector. Imitated are the operator, by what it leaves and a Deployment without pods, and the sync of Argo CD.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { blocks, section, writeNpx } from '../../../test/self/readme-commands.ts';
import { binary } from '../../tools/binary.ts';
import { QUIET_MILLISECONDS } from '../adoption-run.ts';
import type { ApiObject } from '../api-client.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { writeKubeconfig } from '../kubeconfig.ts';
import { manifestOf, manifestsOfJsonLines } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { install, operatorDeployment, operatorFixture, type OperatorFixture } from '../operator-fixture.ts';
import { withOwnCluster } from '../own-cluster.ts';
import type { CheckResult } from '../report.ts';
import { defineInstances } from './adoption.ts';

const ROOT = join(import.meta.dirname, '../../..');
const TITLE = 'Adopt an operator installation';
/** What each block of commands must say of itself, and whether the custom resource and its definition are there after it. */
const EXPECTED = [
  {
    says: /done: take the owner off PersistentVolumeClaim\/my-agent-data\n[^]*nothing is left to do[^]*nothing is left to do/,
    instance: 200,
  },
  { says: /done: delete OpenClawInstance\/my-agent[^]*openclawinstances.openclaw.rocks" deleted[^]*No resources found/, instance: 404 },
  { says: /openclawinstances.openclaw.rocks condition met\n[^]*done: create OpenClawInstance\/my-agent\n[^]*scaled/, instance: 200 },
] as const;

export async function checkAdoptionReadme(shared: Cluster): Promise<CheckResult> {
  return await withOwnCluster(shared, asWritten);
}

async function asWritten(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-adoption-readme-'));
  const controllers = cluster.hasControllers ? null : await startControllers(client.connection);
  const fixture = await operatorFixture('guide-first-agent', 'openclaw');
  const operator = operatorDeployment();
  const rows: string[][] = [];
  const failures: string[] = [];
  try {
    execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts'), '--if-stale'], { stdio: 'ignore' });
    const environment = await workplace(directory, cluster, fixture);
    await defineInstances(cluster);
    await withNamespaces(client, ['openclaw', 'openclaw-operator-system'], async () => {
      await install(cluster, fixture);
      await client.create(operator);
      const before = await uids(cluster, fixture);
      const scripts = blocks(section(TITLE), 'sh');
      if (scripts.length !== EXPECTED.length) throw new Error(`the section has ${scripts.length} blocks of commands`);
      for (const [index, script] of scripts.entries()) {
        const { says, instance } = EXPECTED[index]!;
        for (const command of script.trimEnd().split('\n')) rows.push([command]);
        const { status, text } = await ran(script, directory, environment);
        if (status !== 0 || !says.test(text)) failures.push(`block ${index + 1} ends with ${status}, expected 0 and ${says}:\n${text}`);
        await sleep(QUIET_MILLISECONDS);
        failures.push(...differences(`after block ${index + 1}`, before, await uids(cluster, fixture)));
        const answer = await client.get(fixture.instance);
        if (answer.status !== instance) failures.push(`after block ${index + 1} the instance answers ${answer.status}`);
        if (index === 0) await synced(cluster, directory, environment);
      }
      const { body } = await client.get(operator);
      if ((body as { spec: { replicas: number } }).spec.replicas !== 1) failures.push('the operator is not started again');
      await controllers?.assertRuns();
      await client.remove(operator);
      await removeAll(cluster, fixture.objects.map(manifestOf));
      await client.send('PATCH', await client.path(fixture.instance), { metadata: { finalizers: null } }, 'application/merge-patch+json');
      await client.remove(fixture.instance);
    });
  } finally {
    await controllers?.stop();
    await rm(directory, { recursive: true, force: true });
  }
  return { summary: `${rows.length} commands`, rows, failures };
}

/** A directory with `bots/` as the reader has it, and what its commands find in the PATH. */
async function workplace(directory: string, { client }: Cluster, fixture: OperatorFixture): Promise<NodeJS.ProcessEnv> {
  const bin = join(directory, 'bin');
  await mkdir(bin);
  await mkdir(join(directory, 'bots'));
  await writeFile(join(directory, 'bots/my-agent.yaml'), fixture.input);
  writeNpx(bin);
  await symlink(await binary('kubectl'), join(bin, 'kubectl'));
  const kubeconfig = join(directory, 'kubeconfig');
  await writeKubeconfig(kubeconfig, client.connection);
  return { ...process.env, HOME: directory, KUBECONFIG: kubeconfig, PATH: `${bin}:${process.env['PATH']}` };
}

async function ran(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ readonly status: number; readonly text: string }> {
  return await new Promise((resolve) => {
    execFile('sh', ['-euc', script], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, text: `${stdout}${stderr}` });
    });
  });
}

/** What Argo CD does with what is rendered, with its annotation. */
async function synced(cluster: Cluster, directory: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const { text } = await ran('npx openclaw-gitops render bots/ --output jsonl 2> /dev/null', directory, environment);
  const manifests = manifestsOfJsonLines(text).map(({ object, id }) => {
    const annotations = { ...object.metadata.annotations, 'argocd.argoproj.io/tracking-id': `openclaw-my-agent:${id}` };
    return manifestOf({ ...object, metadata: { ...object.metadata, annotations } });
  });
  await applyAll(cluster, manifests, 'argocd-controller');
}

async function uids({ client }: Cluster, { objects }: OperatorFixture): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const object of objects) {
    const { body, status } = await client.get(object);
    const data = object.kind === 'Secret' ? JSON.stringify((body as { data?: object }).data) : '';
    if (status === 200) found.set(`${object.kind}/${object.metadata.name}`, `${(body as ApiObject).metadata.uid} ${data}`);
  }
  return found;
}

function differences(when: string, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const failures = before.size === 0 ? ['the operator has left nothing'] : [];
  for (const [id, uid] of before) if (after.get(id) !== uid) failures.push(`${when}, ${id} is gone, or another one, or has other data`);
  return failures;
}
