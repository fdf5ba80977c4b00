/**
 * The real Argo CD Operator takes the snippet of install/, and what it makes of it is compared with Argo CD's own manifests: the sidecar that the
 * component gives, beside what it mounts, and every setting of the component where Argo CD's programs read it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { argocdManifests } from '../../kustomize/argocd-component.ts';
import { binary } from '../../tools/binary.ts';
import { ARGOCD_OPERATOR_VERSION, ARGOCD_VERSIONS } from '../../tools/engine-versions.ts';
import { goModuleDirectory } from '../../tools/go-module.ts';
import type { ApiClient, ApiObject } from '../api-client.ts';
import { startClientProcess } from '../client-process.ts';
import type { Cluster } from '../cluster.ts';
import { startControllers } from '../controllers.ts';
import { eventually } from '../eventually.ts';
import { withNamespaces } from '../namespace.ts';
import type { CheckResult } from '../report.ts';

const ROOT = join(import.meta.dirname, '../../..');
const NAMESPACE = 'argocd';
const SIDECAR = 'openclaw-gitops';
const MADE_SECONDS = 60;

interface Container {
  readonly name: string;
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: { readonly configMapKeyRef?: { readonly key: string } };
  }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes?: readonly { readonly name: string }[];
}

type Workload = ApiObject & { readonly spec: { readonly template: { readonly spec: PodSpec } } };

export async function checkInstallationOperator({ client, hasControllers }: Cluster): Promise<CheckResult> {
  const stopping: (() => Promise<void>)[] = [];
  try {
    await defineOperatorKinds(client);
    if (!hasControllers)
      stopping.push((await startControllers(client.connection, ['deployment-controller', 'replicaset-controller'])).stop);
    const noPorts = () => ['-metrics-bind-address=0', '-health-probe-bind-address=0', '-zap-devel=false'];
    const operator = await startClientProcess(await binary('argocd-operator'), client.connection, noPorts, {
      WATCH_NAMESPACE: '',
      POD_NAMESPACE: NAMESPACE,
    });
    stopping.push(operator.stop);
    return await withNamespaces(client, [NAMESPACE], async () => {
      const { message, status } = await client.create(snippet());
      if (status !== 201) throw new Error(`the snippet: ${status} ${message}`);
      const result = await compared(client);
      await operator.assertRuns();
      return result;
    });
  } finally {
    for (const stop of stopping.toReversed()) await stop();
  }
}

async function compared(client: ApiClient): Promise<CheckResult> {
  const failures: string[] = [];
  const rows: string[][] = [];
  const pod = await podOfRepoServer(client);
  const sidecar = pod.containers.find(({ name }) => name === SIDECAR);
  const { runAsUser: _, ...securityContext } = expectedSidecar().securityContext;
  for (const [field, value] of Object.entries({ ...expectedSidecar(), securityContext })) {
    const found = sidecar?.[field as keyof Container] as unknown;
    rows.push(['sidecar', field, holds(found, value) ? 'as the component has it' : 'another']);
    if (!holds(found, value)) failures.push(`${field} of the sidecar is ${JSON.stringify(found)}, expected ${JSON.stringify(value)}`);
  }
  failures.push(...wrongMounts(pod, sidecar));
  for (const { workload, variable, value } of await readSettings()) {
    const made = (await madeWorkload(client, workload)).spec.template.spec.containers;
    const found = made.flatMap(({ env = [] }) => env).find(({ name }) => name === variable)?.value;
    rows.push([workload.metadata.name, variable, found ?? 'not set']);
    if (found !== value) failures.push(`${variable} of ${workload.metadata.name} is ${found}, expected ${value}`);
  }
  return { summary: `${rows.length} fields and settings, by the operator ${ARGOCD_OPERATOR_VERSION}`, rows, failures };
}

/** The pod that the ReplicaSet got past Pod Security. */
async function podOfRepoServer(client: ApiClient): Promise<PodSpec> {
  return await eventually<PodSpec>('a pod of the repo-server', MADE_SECONDS, async () => {
    const { body } = await client.send('GET', `/api/v1/namespaces/${NAMESPACE}/pods`);
    const { items } = body as { readonly items: readonly (ApiObject & { readonly spec: PodSpec })[] };
    const found = items.find(({ metadata }) => metadata.name.startsWith('argocd-repo-server-'));
    return found ? { value: found.spec } : { seen: items.map(({ metadata }) => metadata.name).join(', ') || 'no pod' };
  });
}

async function madeWorkload(client: ApiClient, { apiVersion, kind, metadata }: ApiObject): Promise<Workload> {
  return await eventually<Workload>(metadata.name, MADE_SECONDS, async () => {
    const { body, message, status } = await client.get({ apiVersion, kind, metadata: { name: metadata.name, namespace: NAMESPACE } });
    return status === 200 ? { value: body as Workload } : { seen: `${status} ${message}` };
  });
}

/** What the sidecar shares has to be where the others have it, and its own has to be its own. */
function wrongMounts({ containers, initContainers = [], volumes = [] }: PodSpec, sidecar: Container | undefined): readonly string[] {
  const others = [...initContainers, ...containers.filter(({ name }) => name !== SIDECAR)].flatMap(({ volumeMounts = [] }) => volumeMounts);
  return (sidecar?.volumeMounts ?? []).flatMap(({ mountPath, name }) => {
    if (mountPath.startsWith('/var/run/secrets/')) return [];
    const places = others.filter((mount) => mount.name === name).map((mount) => mount.mountPath);
    const expected = name === 'openclaw-gitops-tmp' ? [] : [mountPath];
    const isThere = volumes.some((volume) => volume.name === name);
    return isThere && isDeepStrictEqual(places, expected) ? [] : [`the others mount ${name} at ${places.join(', ') || 'no place'}`];
  });
}

/** Every setting of the component, with the variable that the workload of Argo CD's own manifests reads it from. */
async function readSettings(): Promise<readonly { readonly workload: Workload; readonly variable: string; readonly value: string }[]> {
  const { data } = read('install/argocd/component/settings.yaml') as { readonly data: Readonly<Record<string, string>> };
  const workloads = (await argocdManifests(ARGOCD_VERSIONS.newest, true)).filter(runsPods);
  const settings = workloads.flatMap((workload) =>
    workload.spec.template.spec.containers.flatMap(({ env = [] }) =>
      env.flatMap(({ name: variable, value: own, valueFrom }) => {
        const value = variable === 'ARGOCD_CMP_CHUNK_SIZE' ? own : data[valueFrom?.configMapKeyRef?.key ?? ''];
        return value === undefined ? [] : [{ workload, variable, value }];
      }),
    ),
  );
  if (settings.length !== Object.keys(data).length + 1) throw new Error(`Argo CD reads ${settings.length} settings of the component`);
  return settings;
}

function runsPods(object: ApiObject): object is Workload {
  return object.kind === 'Deployment' || object.kind === 'StatefulSet';
}

function expectedSidecar(): Container & { readonly securityContext: Readonly<Record<string, unknown>> } {
  const patch = read('install/argocd/component/sidecar.yaml') as Workload;
  return patch.spec.template.spec.containers.find(({ name }) => name === SIDECAR) as ReturnType<typeof expectedSidecar>;
}

/** Whether everything of `expected` is in `found`, which may have what admission added: fields, and objects of lists. */
function holds(found: unknown, expected: unknown): boolean {
  if (Array.isArray(expected) && expected.every((one) => typeof one !== 'object')) return isDeepStrictEqual(found, expected);
  if (Array.isArray(expected))
    return Array.isArray(found) && expected.every((one) => (found as readonly unknown[]).some((other) => holds(other, one)));
  if (typeof expected !== 'object' || expected === null) return found === expected;
  if (typeof found !== 'object' || found === null) return false;
  return Object.entries(expected).every(([key, value]) => holds((found as Record<string, unknown>)[key], value));
}

/** The kinds that it watches, as its own installation brings them. */
async function defineOperatorKinds(client: ApiClient): Promise<void> {
  const module = await goModuleDirectory(`github.com/argoproj-labs/argocd-operator@${ARGOCD_OPERATOR_VERSION}`);
  const directory = join(module, 'config/crd/bases');
  for (const file of readdirSync(directory)) {
    const definition = parse(readFileSync(join(directory, file), 'utf8')) as ApiObject & {
      readonly spec: {
        readonly group: string;
        readonly names: { readonly kind: string };
        readonly versions: readonly { readonly name: string }[];
      };
    };
    const { message, status } = await client.apply(definition, { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 200 && status !== 201) throw new Error(`${file}: ${status} ${message}`);
    const { group, names, versions } = definition.spec;
    await eventually(`the kind ${names.kind}`, MADE_SECONDS, async () =>
      (await client.serves(`${group}/${versions[0]?.name}`, names.kind)) ? { value: true } : { seen: 'the API server does not serve it' },
    );
  }
}

function snippet(): ApiObject {
  return read('install/argocd/operator/argocd.yaml') as ApiObject;
}

function read(path: string): unknown {
  return parse(readFileSync(join(ROOT, path), 'utf8'));
}
