/** The Job beside the guide's complete example, in a namespace of this check, run to its end: the gateway gets its token. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Secret } from '../../../src/kube/types.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { only } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { renderedManifests, type InstanceInput } from '../rendered.ts';
import type { CheckResult } from '../report.ts';
import { jobPodOf, runJobPod } from '../run-job.ts';

const NAMESPACE = 'production-job';
const INSTANCE = join(import.meta.dirname, '../../../golden/guide-production/input/my-agent.yaml');
const TOKEN = /^[0-9a-f]{64}$/;

export async function checkProductionJob(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const { metadata, spec } = parse(await readFile(INSTANCE, 'utf8')) as Pick<InstanceInput, 'spec'> & {
    readonly metadata: { name: string };
  };
  const manifests = renderedManifests({ name: metadata.name, namespace: NAMESPACE, spec });
  const job = only(manifests, 'Job').object;
  const shell = manifests.find(({ id }) => id === `Secret/${metadata.name}-gateway-token`)?.object;
  if (shell === undefined) throw new Error('there is no Secret for the token');
  const failures: string[] = [];

  await withNamespaces(client, [NAMESPACE], async () => {
    await applyAll(cluster, manifests, 'argocd-controller');
    const { code, stdout, stderr } = await runJobPod(await jobPodOf(client, job));
    if (code !== 0) failures.push(`the Job ended with ${code}\n${stdout}${stderr}`);
    const { data } = (await client.get(shell)).body as Secret;
    if (!TOKEN.test(Buffer.from(data?.['token'] ?? '', 'base64').toString())) failures.push('the token is not 64 hex digits');
    await removeAll(cluster, manifests);
  });
  return { summary: job.metadata.name, rows: [], failures };
}
