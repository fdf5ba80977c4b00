/**
 * The README's quick start and its five minutes with Argo CD and with Flux, command after command as a stranger would copy them, by the real
 * kubectl and kustomize and the built program against the API server and the controllers of workloads. A stand-in says of every pod that it is
 * ready; the Job that fills the token is run. `ELSEWHERE` holds what is not run here.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocks, section } from '../../../test/self/readme-commands.ts';
import { startStandInKubelet } from '../../engines/stand-in-kubelet.ts';
import { installationDefinitions } from '../../judges/installation-definitions.ts';
import { ARGOCD_VERSIONS } from '../../kustomize/argocd-versions.ts';
import { ARGOCD_TOOLCHAIN } from '../../tools/binary.ts';
import { goModuleDirectory } from '../../tools/go-module.ts';
import type { ApiClient, ApiObject } from '../api-client.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { withNamespaces } from '../namespace.ts';
import { withOwnCluster } from '../own-cluster.ts';
import type { CheckResult } from '../report.ts';
import { jobPodOf, runJobPod } from '../run-job.ts';
import { withWorkplace, type Workplace } from '../workplace.ts';

const ROOT = join(import.meta.dirname, '../../..');
const REPOSITORY = 'https://github.com/your/agents.git';
const TOKEN = /^[0-9a-f]{64}$/m;

/** Commands that need what is not there, each with where they are run instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'kubectl port-forward --namespace openclaw service/my-agent 18789:18789':
    'needs a kubelet; the gateway behind the port is asked in e2e:openclaw',
};

/** Sources on the Internet, and what stands for them. */
function localBase(text: string): string {
  const remote = `https://github.com/argoproj/argo-cd//manifests/cluster-install?ref=${ARGOCD_VERSIONS.newest}`;
  if (!text.includes(remote)) throw new Error(`the README does not install ${remote}`);
  return text.replace(remote, 'argo-cd/manifests/cluster-install');
}

export async function checkInstallationReadme(shared: Cluster): Promise<CheckResult> {
  return await withOwnCluster(
    shared,
    async (cluster) => await withWorkplace(cluster.client.connection, async (workplace) => await asWritten(cluster, workplace)),
  );
}

async function asWritten({ client, hasControllers }: Cluster, workplace: Workplace): Promise<CheckResult> {
  const rows: string[][] = [];
  const failures: string[] = [];
  const controllers = hasControllers
    ? null
    : await startControllers(client.connection, ['deployment-controller', 'replicaset-controller', 'serviceaccount-controller']);
  const run = async (title: string, script: string): Promise<string> => {
    for (const command of script.trimEnd().split('\n')) rows.push([title, command]);
    const { status, text } = await workplace.run(script);
    if (status !== 0) failures.push(`${title}: exit code ${status} of\n${script}${text}`);
    return text;
  };
  const expect = (what: string, isTrue: boolean): void => {
    if (!isTrue) failures.push(what);
  };

  try {
    // Argo CD and Flux are there already when their sections begin; Argo CD brings its definitions.
    for (const definition of await installationDefinitions()) {
      if (!definition.spec.group.endsWith('fluxcd.io')) continue;
      const { message, status } = await client.apply(definition, { fieldManager: 'openclaw-gitops-e2e' });
      if (status !== 201) throw new Error(`${definition.metadata.name}: ${status} ${message}`);
    }
    await withNamespaces(client, ['argocd', 'flux-system'], async () => {
      await quickStart(client, workplace, run, expect);
      await argocd(client, workplace, run, expect);
      await flux(client, workplace, run, expect);
    });
    await controllers?.assertRuns();
  } finally {
    await controllers?.stop();
  }
  return { summary: `${rows.length} commands`, rows, failures };
}

type Run = (title: string, script: string) => Promise<string>;
type Expect = (what: string, isTrue: boolean) => void;

async function quickStart(client: ApiClient, { directory }: Workplace, run: Run, expect: Expect): Promise<void> {
  const title = 'Quick start';
  const [agent, ...others] = blocks(section(title), 'yaml');
  const [prepare, apply, reach, ...more] = blocks(section(title), 'sh');
  if (agent === undefined || others.length > 0 || prepare === undefined || apply === undefined || reach === undefined || more.length > 0)
    throw new Error(`${title} has other blocks than are run here`);
  await writeFile(join(directory, 'my-agent.yaml'), agent);
  await run(title, prepare);
  // Only now is there a namespace to look at.
  const kubelet = startStandInKubelet(client.connection, ['openclaw'], { completesJobs: false });
  try {
    await run(title, apply);
    const job = await only(client, '/apis/batch/v1/namespaces/openclaw/jobs', 'Job', 'batch/v1');
    const { code, stderr } = await runJobPod(await jobPodOf(client, job));
    expect(`the Job ends with ${code}: ${stderr}`, code === 0);
    const here = reach.split('\n').filter((command) => command !== '' && ELSEWHERE[command] === undefined);
    expect(`not run here: ${reach}`, here.length === 1);
    const told = await run(title, `${here.join('\n')}\n`);
    expect('the token is not what the last command prints', TOKEN.test(told));
  } finally {
    await kubelet.stop();
  }
}

async function argocd(client: ApiClient, { directory }: Workplace, run: Run, expect: Expect): Promise<void> {
  const title = 'Argo CD in five minutes';
  const [kustomization] = blocks(section(title), 'yaml');
  const scripts = blocks(section(title), 'sh');
  const module = await goModuleDirectory(`github.com/argoproj/argo-cd/v3@${ARGOCD_VERSIONS.newest}`, ARGOCD_TOOLCHAIN);
  // A kustomization may not lie behind a link.
  await cp(join(module, 'manifests'), join(directory, 'argo-cd/manifests'), { recursive: true, mode: 0 });
  await cp(join(ROOT, 'install'), join(directory, 'openclaw-gitops/install'), { recursive: true });
  await writeFile(join(directory, 'kustomization.yaml'), localBase(kustomization ?? ''));
  const kubelet = startStandInKubelet(client.connection, ['argocd'], { completesJobs: true });
  try {
    for (const script of scripts) await run(title, script);
  } finally {
    await kubelet.stop();
  }
  const server = (await stored(client, 'apps/v1', 'Deployment', 'argocd', 'argocd-repo-server')) as ApiObject & {
    readonly spec?: {
      readonly template: { readonly spec: { readonly containers: readonly { readonly image: string; readonly name: string }[] } };
    };
    readonly status?: { readonly readyReplicas?: number };
  };
  const [image] = /^ {4}newName: (.*)$/m.exec(kustomization ?? '')?.slice(1) ?? [];
  const sidecar = server.spec?.template.spec.containers.find((container) => container.image.startsWith(`${image}@sha256:`));
  expect('the repo-server has no sidecar with the image of the kustomization', image !== undefined && sidecar !== undefined);
  expect('no pod of the repo-server is ready', (server.status?.readyReplicas ?? 0) > 0);
  for (const [kind, name] of [
    ['AppProject', 'openclaw'],
    ['ApplicationSet', 'openclaw-agents'],
  ] as const) {
    const text = JSON.stringify(await stored(client, 'argoproj.io/v1alpha1', kind, 'argocd', name));
    expect(`${kind} ${name} is not for ${REPOSITORY}`, text.includes(REPOSITORY) && !text.includes('git.example.com'));
  }
}

async function flux(client: ApiClient, { directory, run: quietly }: Workplace, run: Run, expect: Expect): Promise<void> {
  const title = 'Flux in five minutes';
  await mkdir(join(directory, 'agents'));
  await cp(join(directory, 'my-agent.yaml'), join(directory, 'agents/my-agent.yaml'));
  await quietly('git init --quiet .');
  for (const script of blocks(section(title), 'sh')) await run(title, script);
  const repository = (await stored(client, 'source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', 'agents')) as ApiObject & {
    readonly spec?: { readonly url: string };
  };
  expect(`the GitRepository is not ${REPOSITORY}`, repository.spec?.url === REPOSITORY);
  const kustomization = (await stored(
    client,
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'flux-system',
    'openclaw-my-agent',
  )) as ApiObject & {
    readonly spec?: { readonly path: string };
  };
  const { text } = await quietly(`git show HEAD:${kustomization.spec?.path.replace(/^\.\//, '')}/manifests.yaml`);
  expect('the path of the Kustomization holds no manifests of the agent', /^kind: StatefulSet$/m.test(text));
}

async function only(client: ApiClient, path: string, kind: string, apiVersion: string): Promise<ApiObject> {
  const { body, status } = await client.send('GET', path);
  const { items } = body as { readonly items: readonly ApiObject[] };
  if (status !== 200 || items.length !== 1) throw new Error(`${path}: ${status}, ${items.length} objects`);
  return { ...items[0]!, kind, apiVersion };
}

async function stored(client: ApiClient, apiVersion: string, kind: string, namespace: string, name: string): Promise<ApiObject> {
  const { body, message, status } = await client.get({ apiVersion, kind, metadata: { name, namespace } });
  if (status !== 200) throw new Error(`${kind} ${name}: ${status} ${message}`);
  return body as ApiObject;
}
