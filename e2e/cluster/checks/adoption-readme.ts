/**
 * The README's section on adoption, command after command as a stranger would copy them: the real kubectl and the built program against the
 * API server and the garbage collector. Imitated are the operator, by what it leaves and a Deployment without pods, and the sync of Argo CD.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { blocks, section } from '../../../test/self/readme-commands.ts';
import { QUIET_MILLISECONDS } from '../adoption-run.ts';
import type { ApiObject } from '../api-client.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { manifestOf, manifestsOfJsonLines } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { install, operatorDeployment, operatorFixture, type OperatorFixture } from '../operator-fixture.ts';
import { withOwnCluster } from '../own-cluster.ts';
import type { CheckResult } from '../report.ts';
import { withWorkplace, type Workplace } from '../workplace.ts';
import { defineInstances } from './adoption.ts';

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
  return await withOwnCluster(
    shared,
    async (cluster) => await withWorkplace(cluster.client.connection, async (workplace) => await asWritten(cluster, workplace)),
  );
}

async function asWritten(cluster: Cluster, workplace: Workplace): Promise<CheckResult> {
  const { client } = cluster;
  const controllers = cluster.hasControllers ? null : await startControllers(client.connection);
  const fixture = await operatorFixture('guide-first-agent', 'openclaw');
  const operator = operatorDeployment();
  const rows: string[][] = [];
  const failures: string[] = [];
  try {
    await mkdir(join(workplace.directory, 'bots'));
    await writeFile(join(workplace.directory, 'bots/my-agent.yaml'), fixture.input);
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
        const { status, text } = await workplace.run(script);
        if (status !== 0 || !says.test(text)) failures.push(`block ${index + 1} ends with ${status}, expected 0 and ${says}:\n${text}`);
        await sleep(QUIET_MILLISECONDS);
        failures.push(...differences(`after block ${index + 1}`, before, await uids(cluster, fixture)));
        const answer = await client.get(fixture.instance);
        if (answer.status !== instance) failures.push(`after block ${index + 1} the instance answers ${answer.status}`);
        if (index === 0) await synced(cluster, workplace);
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
  }
  return { summary: `${rows.length} commands`, rows, failures };
}

/** What Argo CD does with what is rendered, with its annotation. */
async function synced(cluster: Cluster, workplace: Workplace): Promise<void> {
  const { text } = await workplace.run('npx openclaw-gitops render bots/ --output jsonl 2> /dev/null');
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
