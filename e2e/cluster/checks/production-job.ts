/** The Job beside the guide's complete example, as the golden case has it, run to its end: the gateway gets its token. */
import type { Secret } from '../../../src/kube/types.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { goldenCases } from '../golden-cases.ts';
import { only } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import type { CheckResult } from '../report.ts';
import { jobPodOf, runJobPod } from '../run-job.ts';

const CASE = 'guide-production';
const TOKEN = /^[0-9a-f]{64}$/;

export async function checkProductionJob(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const manifests = (await goldenCases()).get(CASE);
  if (manifests === undefined) throw new Error(`there is no golden case ${CASE}`);
  const job = only(manifests, 'Job').object;
  const shell = manifests.find(({ object }) => object.kind === 'Secret' && object.metadata.name.endsWith('-gateway-token'));
  if (shell === undefined) throw new Error(`${CASE} has no Secret for the token`);
  const failures: string[] = [];

  await withNamespaces(client, [job.metadata.namespace ?? ''], async () => {
    await applyAll(cluster, manifests, 'argocd-controller');
    const { code, stdout, stderr } = await runJobPod(await jobPodOf(client, job));
    if (code !== 0) failures.push(`the Job ended with ${code}\n${stdout}${stderr}`);
    const { data } = (await client.get(shell.object)).body as Secret;
    if (!TOKEN.test(Buffer.from(data?.['token'] ?? '', 'base64').toString())) failures.push('the token is not 64 hex digits');
    await removeAll(cluster, manifests);
  });
  return { summary: `${job.metadata.name}, run`, rows: [], failures };
}
