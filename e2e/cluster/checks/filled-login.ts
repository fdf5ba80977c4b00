/** The login of the Ingress, made by the rendered Job: whole, once, kept by both engines, and following its user name. */
import { createHash } from 'node:crypto';
import type { Secret } from '../../../src/kube/types.ts';
import type { ApiClient, ApiObject } from '../api-client.ts';
import { applyAll, removeAll } from '../apply-all.ts';
import type { Cluster } from '../cluster.ts';
import { only } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';
import { jobPodOf, runJobPod } from '../run-job.ts';

const NAMESPACE = 'filled-login';
const PASSWORD = /^[0-9a-f]{64}$/;

interface Login {
  readonly auth: string;
  readonly password: string;
  readonly username: string;
  /** What Traefik reads. */
  readonly users: string;
}

export async function checkFilledLogin(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const rows: string[][] = [];
  const failures: string[] = [];
  const expect = (what: string, found: string, expected: string): void => {
    rows.push([what, found]);
    if (found !== expected) failures.push(`${what}: ${found}, expected: ${expected}`);
  };

  await withNamespaces(client, [NAMESPACE], async () => {
    const manifests = rendered('ana');
    await applyAll(cluster, manifests, 'argocd-controller');
    expect('before the Job', JSON.stringify(await loginOf(client)), JSON.stringify({ auth: '', password: '', username: '', users: '' }));
    expect('the Job', await ranJob(client, manifests), 'exit 0');
    const login = await loginOf(client);
    expect('the password', PASSWORD.test(login.password) ? '64 hex digits' : 'malformed', '64 hex digits');
    expect('its htpasswd line', isWhole(login, 'ana') ? 'for ana' : 'another', 'for ana');
    for (const engine of ['kustomize-controller', 'argocd-controller']) {
      await applyAll(cluster, manifests, engine);
      expect(`the login after an apply by ${engine}`, isSame(login, await loginOf(client)) ? 'the same' : 'another', 'the same');
    }

    const renamed = rendered('eve');
    await applyAll(cluster, renamed, 'argocd-controller');
    expect('the Job for another user name', await ranJob(client, renamed), 'exit 0');
    const next = await loginOf(client);
    expect('its htpasswd line', isWhole(next, 'eve') ? 'for eve' : 'another', 'for eve');
    expect('the password', next.password === login.password ? 'the same' : 'another', 'the same');

    await removeAll(cluster, [...renamed, only(manifests, 'Job')]);
    const operators = { auth: 'ana:{SHA}i1ZP9DHQLTIaL6ePg9PuphHNgqA=', password: 'from-the-operator', username: 'ana' };
    await createSecret(client, operators);
    await applyAll(cluster, renamed, 'argocd-controller');
    expect("the Job over the operator's login", await ranJob(client, renamed), 'exit 0');
    expect("the operator's login", isSame({ ...operators, users: operators.auth }, await loginOf(client)) ? 'kept' : 'lost', 'kept');
    await removeAll(cluster, renamed);
  });
  return { summary: `${rows.length} observations`, rows, failures };
}

function rendered(username: string): readonly Manifest[] {
  const ingress = {
    enabled: true,
    className: 'traefik',
    hosts: [{ host: 'bot.test' }],
    security: { basicAuth: { enabled: true, username } },
  };
  return renderedManifests({ name: 'bot', namespace: NAMESPACE, spec: { networking: { ingress } } });
}

async function ranJob(client: ApiClient, manifests: readonly Manifest[]): Promise<string> {
  const { code, stderr, stdout } = await runJobPod(await jobPodOf(client, only(manifests, 'Job').object));
  const output = stdout + stderr;
  const { auth, password } = await loginOf(client);
  if (output.includes(auth) || output.includes(password)) return 'printed a secret';
  return code === 0 ? 'exit 0' : `exit ${code}: ${output}`;
}

function isWhole({ auth, password, username, users }: Login, name: string): boolean {
  return username === name && users === auth && auth === `${name}:{SHA}${createHash('sha1').update(password).digest('base64')}`;
}

function isSame(left: Login, right: Login): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

async function loginOf(client: ApiClient): Promise<Login> {
  const main = await dataOf(client, 'bot-basic-auth');
  const users = await dataOf(client, 'bot-basic-auth-users');
  return { auth: main('auth'), password: main('password'), username: main('username'), users: users('users') };
}

async function dataOf(client: ApiClient, name: string): Promise<(key: string) => string> {
  const { body, message, status } = await client.get(secretObject(name));
  if (status !== 200) throw new Error(`Secret ${name}: ${status} ${message}`);
  return (key) => Buffer.from((body as Secret).data?.[key] ?? '', 'base64').toString();
}

/** As the operator left it: created by another manager, not applied. */
async function createSecret(client: ApiClient, stringData: Readonly<Record<string, string>>): Promise<void> {
  const { message, status } = await client.create({ ...secretObject('bot-basic-auth'), stringData } as ApiObject);
  if (status !== 201) throw new Error(`Secret of the operator: ${status} ${message}`);
}

function secretObject(name: string): ApiObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: NAMESPACE } };
}
