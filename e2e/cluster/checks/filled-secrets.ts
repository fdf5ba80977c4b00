/** The rendered Job, run as rendered against the API server: what its account may do, what it writes, and what survives it. */
import type { Secret } from '../../../src/kube/types.ts';
import type { Finished } from '../../pod-runner/command.ts';
import { ApiClient } from '../api-client.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { manifestOf, only } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { podOf } from '../pod-admission.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';
import { openGate } from '../read-gate.ts';
import { jobPodOf, runJobPod, serviceAccountToken } from '../run-job.ts';
import type { JobPod } from '../run-job.ts';

const NAMESPACE = 'filled-secrets';
const OTHER_NAMESPACE = 'filled-secrets-elsewhere';
const TOKEN = /^[0-9a-f]{64}$/;

export async function checkFilledSecrets(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const manifests = renderedManifests({ name: 'bot', namespace: NAMESPACE, spec: {} });
  const job = only(manifests, 'Job');
  const secret = only(manifests, 'Secret');
  const rows: string[][] = [];
  const failures: string[] = [];
  function expect(what: string, found: string, expected: string): void {
    rows.push([what, found]);
    if (found !== expected) failures.push(`${what}: ${found}, expected: ${expected}`);
  }

  await withNamespaces(client, [NAMESPACE, OTHER_NAMESPACE], async () => {
    await applyAll(cluster, manifests, 'argocd-controller');
    expect('the Secret after the first apply', await tokenState(client, secret), 'empty');
    for (const [what, found, expected] of await accountRights(cluster, job, secret, only(manifests, 'StatefulSet')))
      expect(what, found, expected);

    const jobPod = await jobPodOf(client, job.object);
    expect('the Job', await outcome(client, [runJobPod(jobPod)]), 'exit 0');
    const token = await tokenOf(client, secret);
    expect('the token', TOKEN.test(token) ? '64 hex digits' : 'malformed', '64 hex digits');
    const version = await versionOf(client, secret);
    expect('the Job again', await outcome(client, [runJobPod(jobPod)]), 'exit 0');
    expect('the Secret after it', (await versionOf(client, secret)) === version ? 'unchanged' : 'written', 'unchanged');
    for (const engine of ['argocd-controller', 'kustomize-controller', 'argocd-controller']) {
      await applyAll(cluster, manifests, engine);
      expect(`the token after an apply by ${engine}`, (await tokenOf(client, secret)) === token ? 'the same' : 'another', 'the same');
    }

    await removeAll(cluster, [secret, job]);
    await applyAll(cluster, manifests, 'argocd-controller');
    expect('Secret and Job, deleted and back', await tokenState(client, secret), 'empty');
    const empty = await versionOf(client, secret);
    expect('two Jobs at once', await outcome(client, await racing(await jobPodOf(client, job.object))), 'exit 0, exit 0');
    expect('writes to the Secret', String(await writesSince(client, secret, empty)), '1');
    const fresh = await tokenOf(client, secret);
    expect('its token', TOKEN.test(fresh) && fresh !== token ? 'new' : 'malformed or the old one', 'new');
    await removeAll(cluster, manifests);
  });
  return { summary: `${rows.length} observations`, rows, failures };
}

/** Two runs that have both read the empty Secret before either may write. */
async function racing(jobPod: JobPod): Promise<readonly Promise<Finished>[]> {
  const gate = await openGate(2, Number(jobPod.apiServer.KUBERNETES_SERVICE_PORT));
  const throughGate = { ...jobPod, apiServer: { ...jobPod.apiServer, KUBERNETES_SERVICE_PORT: String(gate.port) } };
  const runs = [runJobPod(throughGate), runJobPod(throughGate)];
  void Promise.allSettled(runs).then(gate.close);
  return runs;
}

/** How runs ended, with the output of those that failed; none may have printed what any Secret holds. */
async function outcome(client: ApiClient, runs: readonly Promise<Finished>[]): Promise<string> {
  const ends = await Promise.all(runs);
  const { body } = await client.send('GET', `/api/v1/namespaces/${NAMESPACE}/secrets`);
  const values = (body as { readonly items: readonly Secret[] }).items.flatMap((one) => Object.values(one.data ?? {}));
  return ends
    .map(({ code, stderr, stdout }) => {
      const output = stdout + stderr;
      if (values.some((value) => output.includes(value) || output.includes(Buffer.from(value, 'base64').toString())))
        return 'printed a secret';
      return code === 0 ? 'exit 0' : `exit ${code}: ${output}`;
    })
    .join(', ');
}

/**
 * What the two accounts may do, by their own tokens: `[what, found, expected]`. The Job's denials stand between two permissions;
 * the agent has none, and 403 instead of 401 says that its token is good.
 */
async function accountRights(
  cluster: Cluster,
  job: Manifest,
  secret: Manifest,
  agent: Manifest,
): Promise<readonly (readonly [string, string, string])[]> {
  const { client } = cluster;
  const other = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'other', namespace: NAMESPACE } };
  const elsewhere = { ...secret.object, metadata: { ...secret.object.metadata, namespace: OTHER_NAMESPACE } };
  await applyAll(cluster, [manifestOf(other), manifestOf(elsewhere)], 'openclaw-gitops-e2e');
  const path = await client.path(secret.object);
  const collection = path.slice(0, path.lastIndexOf('/'));
  const configMaps = collection.replace(/secrets$/, 'configmaps');
  const attempts: readonly (readonly [string, string, string, object | undefined])[] = [
    ['get another Secret', 'GET', await client.path(other), undefined],
    ['get the same name elsewhere', 'GET', await client.path(elsewhere), undefined],
    ['patch another Secret', 'PATCH', await client.path(other), { metadata: { labels: { a: 'b' } } }],
    ['list Secrets', 'GET', collection, undefined],
    ['watch Secrets', 'GET', `${collection}?watch=true&timeoutSeconds=1`, undefined],
    ['create a Secret', 'POST', collection, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'new' } }],
    ['delete its Secret', 'DELETE', path, undefined],
    ['replace its Secret', 'PUT', path, secret.object],
    ['list ConfigMaps', 'GET', configMaps, undefined],
  ];
  const found: [string, string, string][] = [];
  for (const workload of [job, agent]) {
    const name = podOf(workload.object)?.spec.serviceAccountName ?? 'default';
    const limited = new ApiClient({
      server: client.connection.server,
      certificateAuthority: client.connection.certificateAuthority,
      token: await serviceAccountToken(client, name, NAMESPACE),
    });
    const attempt = async (what: string, method: string, target: string, body: object | undefined, expected: number): Promise<void> => {
      // Only asked: a right that should not be there must not spoil what follows.
      const asked = method === 'GET' ? target : `${target}?dryRun=All`;
      const { status } = await limited.send(method, asked, body, method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
      found.push([`${name}: ${what}`, String(status), String(expected)]);
    };
    const own = workload === agent ? 403 : 200;
    await attempt('get its Secret', 'GET', path, undefined, own);
    for (const [what, method, target, body] of attempts) await attempt(what, method, target, body, 403);
    await attempt('patch its Secret', 'PATCH', path, { metadata: { labels: { a: 'b' } } }, own);
    limited.close();
  }
  await removeAll(cluster, [manifestOf(other), manifestOf(elsewhere)]);
  return found;
}

async function secretOf(client: ApiClient, { object }: Manifest): Promise<Secret> {
  const { body, message, status } = await client.get(object);
  if (status !== 200) throw new Error(`Secret ${object.metadata.name}: ${status} ${message}`);
  return body as Secret;
}

async function tokenState(client: ApiClient, secret: Manifest): Promise<string> {
  return (await secretOf(client, secret)).data === undefined ? 'empty' : 'filled';
}

async function tokenOf(client: ApiClient, secret: Manifest): Promise<string> {
  return Buffer.from((await secretOf(client, secret)).data?.['token'] ?? '', 'base64').toString();
}

async function versionOf(client: ApiClient, secret: Manifest): Promise<string> {
  return (await secretOf(client, secret)).metadata?.resourceVersion ?? '';
}

/** How many versions of the Secret the server stored after `version`. */
async function writesSince(client: ApiClient, secret: Manifest, version: string): Promise<number> {
  const path = await client.path(secret.object);
  const query = new URLSearchParams({
    watch: 'true',
    resourceVersion: version,
    timeoutSeconds: '1',
    fieldSelector: `metadata.name=${secret.object.metadata.name}`,
  });
  const { body, status } = await client.send('GET', `${path.slice(0, path.lastIndexOf('/'))}?${query.toString()}`);
  if (status !== 200) throw new Error(`watching the Secret: ${status}`);
  // One event is a JSON object like any other answer; several are a line each.
  if (typeof body !== 'string') return 1;
  return body.split('\n').filter((line) => line !== '').length;
}
