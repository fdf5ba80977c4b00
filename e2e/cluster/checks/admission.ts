/** The policies of install/admission on the real API server: what they let pass, and what they deny, by whom. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, parseAllDocuments } from 'yaml';
import { ApiClient, type ApiAnswer, type ApiObject } from '../api-client.ts';
import { applyAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { companionAccess } from '../companion-access.ts';
import { goldenCases } from '../golden-cases.ts';
import { only, type Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { podOf } from '../pod-admission.ts';
import { policyMutants, undetected, type PolicyMutant } from '../policy-mutants.ts';
import { provideReferences } from '../pod-references.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';
import type { Attempt, Person } from './admission-attempt.ts';
import { admissionAttempts } from './admission-attempts.ts';
import { strangers } from './admission-strangers.ts';
import { companionAttempts } from './companion-attempts.ts';

const DIRECTORY = join(import.meta.dirname, '../../../install/admission');
/** The list in services.yaml as it is delivered; here it names a namespace that no other check has used. */
const LISTED = '["openclaw"]';
const NAMESPACE = 'admission';
const COMPANION = 'openclaw-gitops-companion';
const ELSEWHERE = 'admission-elsewhere';
/** The server takes a new policy into account some moments after it is stored. */
const EFFECT_TIMEOUT_SECONDS = 30;
const PEOPLE: Readonly<Record<Person, { readonly user: string; readonly groups: readonly string[] }>> = {
  'Argo CD': { user: 'system:serviceaccount:argocd:argocd-application-controller', groups: [] },
  Flux: { user: 'system:serviceaccount:flux-system:kustomize-controller', groups: [] },
  'the Job': { user: `system:serviceaccount:${NAMESPACE}:bot-secrets`, groups: [] },
  'the agent': { user: `system:serviceaccount:${NAMESPACE}:bot`, groups: [] },
  'a Job elsewhere': { user: 'system:serviceaccount:elsewhere:bot-secrets', groups: [] },
  'the garbage collector': { user: 'system:serviceaccount:kube-system:generic-garbage-collector', groups: [] },
  'the namespace controller': { user: 'system:serviceaccount:kube-system:namespace-controller', groups: [] },
  'the companion': { user: 'system:serviceaccount:openclaw-gitops:openclaw-companion', groups: [] },
  'a helper': { user: 'helper', groups: ['openclaw-admins'] },
  somebody: { user: 'somebody', groups: [] },
};

/** As if RBAC had failed: what the policy is the second barrier for. */
const TOO_MANY_RIGHTS = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'too-many-rights', namespace: NAMESPACE },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', name: 'openclaw-companion', namespace: 'openclaw-gitops' }],
};

export async function checkAdmission(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const clients = new Map<Person, ApiClient>();
  for (const [person, { groups, user }] of Object.entries(PEOPLE) as [Person, (typeof PEOPLE)[Person]][]) {
    // Everybody else has all rights by RBAC: only the policies can say no.
    const all = person === 'the companion' ? groups : ['system:masters', ...groups];
    clients.set(person, new ApiClient({ ...client.connection, actAs: { user, groups: all } }));
  }
  const policies = await policyObjects(NAMESPACE);
  const rows: (readonly string[])[] = [];
  const failures: string[] = [];
  const attempted = new Map<string, readonly string[]>();
  const tried = async ({ person, title, denied, send }: Attempt): Promise<ApiAnswer> => {
    const sender = clients.get(person)!;
    const deadline = performance.now() + EFFECT_TIMEOUT_SECONDS * 1000;
    let answer = await send(sender);
    while (!isExpected(answer, denied) && performance.now() < deadline) {
      await sleep(500);
      answer = await send(sender);
    }
    attempted.set(`${person} ${title}`, [person, title, denied === null ? 'passes' : `denied by ${denied}`]);
    if (!isExpected(answer, denied))
      failures.push(`${person}, ${title}: expected ${denied ?? 'to pass'}, got ${answer.status} ${answer.message}`);
    return answer;
  };
  const allTried = async (attempts: readonly Attempt[]): Promise<readonly ApiAnswer[]> => {
    const answers: ApiAnswer[] = [];
    for (const attempt of attempts) answers.push(await tried(attempt));
    return answers;
  };
  await withNamespaces(client, [NAMESPACE, ELSEWHERE], async () => {
    for (const name of [NAMESPACE, ELSEWHERE]) await withoutPodSecurity(client, name);
    try {
      for (const object of policies) await stored(client, object);
      const bot = renderedManifests({ name: 'bot', namespace: NAMESPACE, spec: {} });
      const engine = { ...cluster, client: clients.get('Argo CD')! };
      await applyAll(engine, bot, 'argocd-controller');
      await applyAll({ ...cluster, client: clients.get('Flux')! }, bot, 'kustomize-controller');
      const pod = await clients.get('Argo CD')!.create(podOf(only(bot, 'StatefulSet').object)!);
      if (pod.status !== 201) failures.push(`the agent's own pod: ${pod.status} ${pod.message}`);
      const gone = renderedManifests({ name: 'gone', namespace: NAMESPACE, spec: { storage: { persistence: { orphan: false } } } });
      const kept = renderedManifests({ name: 'kept', namespace: NAMESPACE, spec: {} }).filter(
        ({ object }) => object.kind === 'PersistentVolumeClaim',
      );
      await applyAll(engine, [...gone, ...kept], 'argocd-controller');
      const place = { bot, gone, kept, namespace: NAMESPACE, elsewhere: ELSEWHERE, others: await strangers(client, bot) };
      const mutants = policyMutants(policies);
      const [wholes, parts] = [mutants.filter(({ without }) => without === ''), mutants.filter(({ without }) => without !== '')];
      const ofCompanion = parts.filter(({ policy }) => policy === COMPANION);
      const telling = async (some: readonly PolicyMutant[], attempts: readonly Attempt[]): Promise<readonly PolicyMutant[]> =>
        await undetected(client, [...wholes, ...some], NAMESPACE, async () => await allTried(attempts));

      const others = await telling(
        parts.filter((part) => !ofCompanion.includes(part)),
        await admissionAttempts(client, place),
      );
      const companion = await companionAttempts(client, place);
      for (const object of await companionAccess(NAMESPACE, [])) await stored(client, object);
      await allTried(companion.base);
      for (const object of await companionAccess(NAMESPACE, ['deletion', 'drift'])) await stored(client, object);
      const both = await telling([...ofCompanion, ...others], companion.withComponents);
      await stored(client, TOO_MANY_RIGHTS);
      const same = await telling(both, companion.withTooManyRights);
      failures.push(...conditionFailures(same));
      rows.push(...attempted.values(), [
        '',
        `${parts.length} policies with a condition less`,
        `${same.length} judge all of this as the whole ones`,
      ]);
      failures.push(...(await goldenFailures(client, rows)));
      failures.push(...(await missingListFailures(client, clients.get('Argo CD')!, bot)));
      failures.push(...unusedPolicies(policies, rows));
    } finally {
      for (const object of policies.toReversed()) await client.remove(object);
      for (const each of clients.values()) each.close();
    }
  });
  return { summary: `${rows.length} attempts`, rows, failures };
}

function isExpected({ message, status }: ApiAnswer, denied: string | null): boolean {
  if (denied === null) return status === 200 || status === 201;
  if (denied === 'RBAC') return status === 403 && message.includes(' cannot ');
  return (
    status === 422 &&
    denied.split(' or ').some((policy) => message.includes(`ValidatingAdmissionPolicy '${policy}'`)) &&
    message.includes('denied request') &&
    !message.includes('resulted in error')
  );
}

/** As `kubectl apply -k` would send them, with that namespace in the list. */
export async function policyObjects(namespace: string): Promise<readonly ApiObject[]> {
  const { resources } = parse(await readFile(join(DIRECTORY, 'kustomization.yaml'), 'utf8')) as { readonly resources: readonly string[] };
  const objects: ApiObject[] = [];
  for (const file of resources) {
    for (const document of parseAllDocuments(await readFile(join(DIRECTORY, file), 'utf8'))) objects.push(document.toJS() as ApiObject);
  }
  const text = JSON.stringify(objects);
  if (!text.includes(LISTED)) throw new Error(`no policy is for the namespaces ${LISTED}`);
  return JSON.parse(text.replace(LISTED, JSON.stringify([namespace]))) as ApiObject[];
}

export async function stored(client: ApiClient, object: ApiObject): Promise<void> {
  const { message, status, warnings } = await client.apply(object, { fieldManager: 'openclaw-gitops-e2e' });
  if ((status !== 200 && status !== 201) || warnings.length > 0)
    throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${message} ${warnings.join('; ')}`);
}

/** Pod Security would deny before us. */
async function withoutPodSecurity(client: ApiClient, name: string): Promise<void> {
  const labels = { 'openclaw-gitops-e2e': 'true', 'pod-security.kubernetes.io/enforce': 'privileged' };
  await stored(client, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
}

/** Pods of all golden cases pass, but those whose input asks for what no agent may have. */
async function goldenFailures(client: ApiClient, rows: (readonly string[])[]): Promise<readonly string[]> {
  const failures: string[] = [];
  const denied: string[] = [];
  let passed = 0;
  for (const [name, manifests] of await goldenCases()) {
    for (const { object } of manifests) {
      const pod = podOf(object);
      if (pod === null || object.metadata.labels?.['app.kubernetes.io/managed-by'] !== 'openclaw-gitops') continue;
      const here = { ...pod, metadata: { ...pod.metadata, namespace: ELSEWHERE } };
      await provideReferences(client, here);
      const { message, status } = await client.create(here, { dryRun: true });
      if (status === 201) passed += 1;
      else if (isExpected({ message, status, body: null, warnings: [] }, 'openclaw-gitops-pods')) denied.push(name);
      else failures.push(`${name}: ${object.kind} ${object.metadata.name}: ${status} ${message}`);
    }
  }
  const cases = [...new Set(denied)].toSorted();
  if (cases.join() !== ROOT_CASES.join())
    failures.push(`pods of these golden cases are denied: ${cases.join(', ')}; expected: ${ROOT_CASES.join(', ')}`);
  rows.push(
    ['Argo CD', `${passed} pods of golden cases`, 'passes'],
    ['Argo CD', `pods that ask for root: ${cases.join(', ')}`, 'denied by openclaw-gitops-pods'],
  );
  return failures;
}

/** Golden cases whose input asks for root. */
const ROOT_CASES = ['run-as-root-allowed'];

/** Without the list of engines nobody may, and says so; with it again, all is as before. */
async function missingListFailures(client: ApiClient, engine: ApiClient, bot: readonly Manifest[]): Promise<readonly string[]> {
  const list = (await policyObjects(NAMESPACE)).find(({ kind }) => kind === 'ConfigMap')!;
  await client.remove(list);
  const path = `${await client.path(only(bot, 'StatefulSet').object)}?dryRun=All`;
  const change = { spec: { template: { spec: { terminationGracePeriodSeconds: 7 } } } };
  const until = async (reached: (answer: ApiAnswer) => boolean): Promise<ApiAnswer> => {
    const deadline = performance.now() + EFFECT_TIMEOUT_SECONDS * 1000;
    for (;;) {
      const answer = await engine.send('PATCH', path, change, 'application/merge-patch+json');
      if (reached(answer) || performance.now() > deadline) return answer;
      await sleep(500);
    }
  };
  const without = await until(({ status }) => status !== 200);
  await stored(client, list);
  const again = await until(({ status }) => status === 200);
  const failures: string[] = [];
  if (without.status === 200 || !without.message.includes('openclaw-gitops-workloads'))
    failures.push(`without the list: ${without.status} ${without.message}`);
  if (again.status !== 200) failures.push(`with the list again: ${again.status} ${again.message}`);
  return failures;
}

/** Conditions that nothing tells from none, and why. */
const EQUIVALENT: Readonly<Record<string, string>> = {
  'openclaw-gitops-pods: variables.containers.all(c, !c.?securityContext.?privileged.orValue(false))':
    'what is privileged cannot say allowPrivilegeEscalation false; this condition says why',
  "openclaw-gitops-network-policies: request.operation == 'UPDATE'": 'what is deleted has no object to look at, which denies too',
  "openclaw-gitops-services: request.operation == 'UPDATE'": 'what is created has no old object to look at, which denies too',
  ...Object.fromEntries(
    ['workloads', 'network-policies', 'access', 'services', 'secrets'].flatMap((policy) =>
      ["name != ''", "group != ''"].map((condition) => [`openclaw-gitops-${policy}: ${condition}`, 'nobody has an empty name or group']),
    ),
  ),
};

function conditionFailures(same: readonly PolicyMutant[]): readonly string[] {
  const found = new Set(same.map(({ policy, without }) => `${policy}: ${without}`));
  return [
    ...[...found].filter((name) => EQUIVALENT[name] === undefined).map((name) => `no attempt needs the condition ${name}`),
    ...Object.keys(EQUIVALENT)
      .filter((name) => !found.has(name))
      .map((name) => `an attempt does need the condition ${name}`),
  ];
}

/** Each policy must have denied something. */
function unusedPolicies(policies: readonly ApiObject[], rows: readonly (readonly string[])[]): readonly string[] {
  return policies
    .filter(({ kind, metadata }) => kind === 'ValidatingAdmissionPolicy' && !rows.some((row) => row[2] === `denied by ${metadata.name}`))
    .map(({ metadata }) => `${metadata.name} has denied nothing`);
}
