/**
 * The README's ways to a running agent, command after command as a stranger would copy them: the quick start, Argo CD and Flux in five
 * minutes, and what install/README.md adds. The kubectl, kustomize and git are the real ones, in front of an API server with the controllers
 * of Deployments and StatefulSets; what cannot be had is in `REPLACED`, and what is in the cluster is looked at after each section.
 */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { blocks, INSTALL_README, README, section } from '../../../test/self/readme-commands.ts';
import { documentedImage } from '../../kustomize/argocd-component.ts';
import { ARGOCD_VERSIONS } from '../../tools/engine-versions.ts';
import { ApiClient, type ApiObject } from '../api-client.ts';
import { argocdRepository } from '../argocd-repository.ts';
import { startControlPlane } from '../control-plane.ts';
import { startControllers } from '../controllers.ts';
import { eventually } from '../eventually.ts';
import { defineInstallationKinds } from '../installation-kinds.ts';
import { withNamespaces } from '../namespace.ts';
import type { CheckResult } from '../report.ts';
import { jobPodOf, runJobPod } from '../run-job.ts';
import { startStandInKubelet } from '../stand-in-kubelet.ts';
import { withWorkplace, type Workplace } from '../workplace.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CHECKOUT = 'openclaw-gitops';
const EFFECT_SECONDS = 30;
const REPOSITORY = 'https://github.com/your/agents.git';

/** What the commands meet in place of what only the reader has; a command that stands here is not run. */
const REPLACED: Readonly<Record<string, string>> = {
  'kubectl port-forward --namespace openclaw service/my-agent 18789:18789':
    'not run: no container listens here; e2e:openclaw reaches the real gateway through the forwarded port',
  'https://github.com/argoproj/argo-cd': `a repository on this machine with the manifests of ${ARGOCD_VERSIONS.newest}`,
  'kubelet, and the controller of volumes': 'stand-ins: pods are ready and claims bound at once',
  'the controller of Jobs': 'the pod of the Job that fills the token runs beside the cluster, with its account, its user and its files',
  'the definitions of Flux': 'from the Go modules of its controllers',
  'the namespaces argocd and flux-system': 'are there, and enforce Pod Security "restricted"',
};

/** Its directory holds `my-agent.yaml`, is a repository with `agents/`, and has this one in `openclaw-gitops/`. */
interface Stage extends Workplace {
  readonly client: ApiClient;
}

interface Section {
  readonly title: string;
  readonly text: string;
  /** Where its commands are run, below the stage's directory. */
  readonly cwd: string;
  /** What each block of commands must say of itself. */
  readonly says: readonly RegExp[];
  /** Runs between the block of that number and the next. */
  readonly after?: readonly [block: number, work: (stage: Stage) => Promise<void>];
  /** What is wrong with what is in the cluster now. */
  readonly look: (stage: Stage) => Promise<readonly string[]>;
}

const SECTIONS: readonly Section[] = [
  {
    title: 'Quick start',
    text: README,
    cwd: '.',
    says: [
      /^namespace\/openclaw created\nsecret\/openclaw-api-keys created\n$/,
      /\nstatefulset\.apps\/my-agent serverside-applied\n[^]*roll out complete: 1 new pods[^]*\[lock-missing\]/,
      /^[0-9a-f]{64}$/,
    ],
    after: [1, fillToken],
    look: agentRuns,
  },
  {
    title: 'Argo CD in five minutes',
    text: README,
    cwd: '.',
    says: [
      /deployment\.apps\/argocd-repo-server serverside-applied\n[^]*deployment "argocd-repo-server" successfully rolled out\n$/,
      /^appproject\.argoproj\.io\/openclaw serverside-applied\napplicationset\.argoproj\.io\/openclaw-agents serverside-applied\n$/,
    ],
    after: [0, argocdIsServed],
    look: argocdIsInstalled,
  },
  {
    title: 'Flux in five minutes',
    text: README,
    cwd: '.',
    says: [
      / Render the agents\n[^]* rendered\/openclaw\/my-agent\/manifests\.yaml\n[^]*\nrendered: 2 written, 0 removed, 0 unchanged\n$/,
      /^gitrepository\.source\.toolkit\.fluxcd\.io\/agents serverside-applied\nkustomization\.kustomize\.toolkit\.fluxcd\.io\/openclaw-my-agent serverside-applied\n$/,
    ],
    look: fluxIsTold,
  },
  {
    title: 'Rights of the companion',
    text: INSTALL_README,
    cwd: CHECKOUT,
    says: [
      /validatingadmissionpolicybinding\.admissionregistration\.k8s\.io\/openclaw-gitops-pods serverside-applied\n[^]*serviceaccount\/\S+ serverside-applied\n/,
    ],
    look: policiesHold,
  },
];

/** In a cluster of its own in any case, since all of Argo CD is left in it. */
export async function checkInstallationReadme(): Promise<CheckResult> {
  const controlPlane = await startControlPlane();
  const client = new ApiClient(controlPlane.connection);
  const stopping = [controlPlane.stop, async () => client.close()];
  try {
    const controllers = await startControllers(controlPlane.connection, ['deployment-controller', 'replicaset-controller']);
    stopping.push(controllers.stop);
    await defineInstallationKinds(client, '.toolkit.fluxcd.io');
    return await withNamespaces(client, ['argocd', 'flux-system'], async () => {
      stopping.push(startStandInKubelet(controlPlane.connection, ['argocd', 'openclaw'], { completesJobs: false }).stop);
      const result = await withWorkplace(controlPlane.connection, async (workplace) => await allSections({ ...workplace, client }));
      await controllers.assertRuns();
      return result;
    });
  } finally {
    for (const stop of stopping.toReversed()) await stop();
  }
}

async function allSections(stage: Stage): Promise<CheckResult> {
  const rows: string[][] = [];
  const failures: string[] = [];
  await prepare(stage);
  for (const one of SECTIONS) {
    const { commands, faults } = await asWritten(stage, one);
    for (const command of commands) rows.push([one.title, command, REPLACED[command] ?? 'run']);
    failures.push(...(faults.length > 0 ? faults : await one.look(stage)));
    // What follows would only say the same again.
    if (failures.length > 0) break;
  }
  const summary = `${rows.filter((row) => row[2] === 'run').length} commands`;
  for (const [what, by] of Object.entries(REPLACED)) {
    if (!what.startsWith('kubectl ')) rows.push(['in place of', what, by]);
    else if (failures.length === 0 && !rows.some(([, command]) => command === what)) failures.push(`the README no longer has "${what}"`);
  }
  return { summary, rows, failures };
}

/** The files that the README tells its reader to have. */
async function prepare(stage: Stage): Promise<void> {
  const { directory, run } = stage;
  const yaml = blocks(README, 'yaml');
  const agent = yaml.find((text) => text.includes('kind: OpenClawInstance')) ?? '';
  await writeFile(join(directory, 'my-agent.yaml'), agent);
  await mkdir(join(directory, 'agents'));
  await writeFile(join(directory, 'agents/my-agent.yaml'), agent);
  await writeFile(join(directory, 'kustomization.yaml'), yaml.find((text) => text.startsWith('# kustomization.yaml\n')) ?? '');
  await cp(join(ROOT, 'install'), join(directory, CHECKOUT, 'install'), { recursive: true });
  await argocdRepository(stage, ARGOCD_VERSIONS.newest);
  await run('git init --quiet --initial-branch=main');
}

async function asWritten(
  stage: Stage,
  { after, cwd, says, text, title }: Section,
): Promise<{ readonly commands: readonly string[]; readonly faults: readonly string[] }> {
  const scripts = blocks(section(title, text), 'sh');
  if (scripts.length !== says.length) return { commands: [], faults: [`"${title}" has ${scripts.length} blocks of commands`] };
  const commands: string[] = [];
  for (const [index, script] of scripts.entries()) {
    const lines = script.trimEnd().split('\n');
    commands.push(...lines);
    const kept = lines.filter((line) => !Object.hasOwn(REPLACED, line)).join('\n');
    const { status, text: said } = await stage.run(kept, cwd);
    if (status !== 0 || !says[index]!.test(said))
      return { commands, faults: [`block ${index + 1} of "${title}" ends with ${status}, expected 0 and ${says[index]}:\n${said}`] };
    if (after?.[0] === index) await after[1](stage);
  }
  return { commands, faults: [] };
}

/** What a pod of the rendered Job does. */
async function fillToken({ client }: Stage): Promise<void> {
  const [job, more] = await listed(client, '/apis/batch/v1/namespaces/openclaw/jobs');
  if (!job || more) throw new Error('expected one Job');
  const { code, stderr } = await runJobPod(await jobPodOf(client, { ...job, apiVersion: 'batch/v1', kind: 'Job' }));
  if (code !== 0) throw new Error(`the Job ends with ${code}: ${stderr}`);
}

/** No image is pulled here, so that the rollout can end before the API server tells of the kinds that came with it. */
async function argocdIsServed({ run }: Stage): Promise<void> {
  await eventually('the kinds of Argo CD', EFFECT_SECONDS, async () => {
    const { status, text } = await run('kubectl get --namespace argocd appprojects.argoproj.io,applicationsets.argoproj.io');
    return status === 0 ? { value: true } : { seen: text };
  });
}

async function agentRuns({ client }: Stage): Promise<readonly string[]> {
  const faults: string[] = [];
  const names = (await listed(client, '/api/v1/namespaces/openclaw/pods')).map(({ metadata }) => metadata.name);
  if (!isDeepStrictEqual(names, ['my-agent-0'])) faults.push(`the pods of the agent are ${names.join(', ')}`);
  const keys = (await listed(client, '/api/v1/namespaces/openclaw/pods')).map((pod) => JSON.stringify(pod).includes('"openclaw-api-keys"'));
  if (!keys.every(Boolean)) faults.push('the pod does not read the Secret of the quick start');
  return faults;
}

async function argocdIsInstalled({ client, directory, run }: Stage): Promise<readonly string[]> {
  const faults: string[] = [];
  const pods = (await listed(client, '/api/v1/namespaces/argocd/pods')) as readonly (ApiObject & {
    readonly spec: { readonly containers: readonly { readonly name: string; readonly image: string }[] };
  })[];
  const repoServers = pods.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'argocd-repo-server');
  const sidecars = repoServers.map(({ spec }) => spec.containers.find(({ name }) => name === CHECKOUT)?.image);
  if (!isDeepStrictEqual(sidecars, [documentedImage()])) faults.push(`the sidecars of the repo-server's pods are ${sidecars.join(', ')}`);
  const images = repoServers.flatMap(({ spec }) => spec.containers.filter(({ name }) => name === 'argocd-repo-server'));
  for (const { image } of images) if (!image.endsWith(`:${ARGOCD_VERSIONS.newest}`)) faults.push(`the repo-server is ${image}`);

  const { data } = parse(await readFile(join(ROOT, 'install/argocd/component/settings.yaml'), 'utf8')) as {
    readonly data: Readonly<Record<string, string>>;
  };
  const settings = (await stored(client, 'v1', 'ConfigMap', 'argocd', 'argocd-cmd-params-cm')) as ApiObject & {
    readonly data: typeof data;
  };
  for (const [key, value] of Object.entries(data)) if (settings.data[key] !== value) faults.push(`${key} is ${settings.data[key]}`);

  for (const [kind, name] of [
    ['AppProject', 'openclaw'],
    ['ApplicationSet', 'openclaw-agents'],
  ] as const) {
    const text = JSON.stringify(await stored(client, 'argoproj.io/v1alpha1', kind, 'argocd', name));
    if (!text.includes(`"${REPOSITORY}"`) || text.includes('git.example.com')) faults.push(`${kind} ${name} names another repository`);
  }

  await writeFile(join(directory, 'application.yaml'), applicationByHand());
  const byHand = await run('kubectl apply --server-side -f application.yaml');
  if (byHand.text !== 'application.argoproj.io/openclaw-my-agent serverside-applied\n') faults.push(byHand.text);
  return faults;
}

function applicationByHand(): string {
  return blocks(section('Argo CD in five minutes'), 'yaml').find((text) => text.includes('kind: Application\n')) ?? '';
}

async function fluxIsTold({ client, directory, run }: Stage): Promise<readonly string[]> {
  const faults: string[] = [];
  const repository = (await stored(client, 'source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system', 'agents')) as ApiObject & {
    readonly spec: { readonly url: string };
  };
  if (repository.spec.url !== REPOSITORY) faults.push(`Flux looks at ${repository.spec.url}`);
  const kustomization = (await stored(
    client,
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'flux-system',
    'openclaw-my-agent',
  )) as ApiObject & { readonly spec: { readonly path: string } };

  // What is committed is the agent of the quick start, and the API server takes it from Flux, which forces, too.
  const commands = [
    'git clone --quiet --no-local . fetched',
    `kubectl apply --server-side --dry-run=server --force-conflicts --field-manager kustomize-controller -f 'fetched/${kustomization.spec.path}'`,
    'npx openclaw-gitops render agents/ --out rendered/ --check',
  ];
  const { status, text } = await run(commands.join('\n'));
  if (status !== 0 || !text.includes('statefulset.apps/my-agent serverside-applied (server dry run)\n')) faults.push(text);
  const applied = text.split('\n').filter((line) => line.endsWith(' serverside-applied (server dry run)')).length;
  const rendered = parseAllDocuments(await readFile(join(directory, 'fetched', kustomization.spec.path, 'manifests.yaml'), 'utf8')).length;
  if (applied !== rendered) faults.push(`${applied} of ${rendered} objects are taken from Flux's manager`);
  return faults;
}

/** The companion's account is there, and what a policy is for is refused, some seconds after it was applied. */
async function policiesHold({ client, run }: Stage): Promise<readonly string[]> {
  await stored(client, 'v1', 'ServiceAccount', 'openclaw-gitops', 'openclaw-companion');
  return await eventually<readonly string[]>('that nobody deletes the claim', EFFECT_SECONDS, async () => {
    const command = 'kubectl delete persistentvolumeclaim --namespace openclaw my-agent-data --dry-run=server';
    const { status, text } = await run(command);
    return status !== 0 && text.includes("ValidatingAdmissionPolicy 'openclaw-gitops-claims'") ? { value: [] } : { seen: text };
  });
}

async function listed(client: ApiClient, path: string): Promise<readonly ApiObject[]> {
  const { body, message, status } = await client.send('GET', path);
  if (status !== 200) throw new Error(`${path}: ${status} ${message}`);
  return (body as { readonly items: readonly ApiObject[] }).items;
}

async function stored(client: ApiClient, apiVersion: string, kind: string, namespace: string, name: string): Promise<ApiObject> {
  const { body, message, status } = await client.get({ apiVersion, kind, metadata: { name, namespace } });
  if (status !== 200) throw new Error(`${kind} ${name}: ${status} ${message}`);
  return body as ApiObject;
}
