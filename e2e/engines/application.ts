/** An Application of Argo CD, as the examples in install/ have it, and what its controller says of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { eventually } from '../cluster/eventually.ts';

const EXAMPLES = join(import.meta.dirname, '../../install/argocd/applications');
const RECONCILED_SECONDS = 90;
const REFRESH = 'argocd.argoproj.io/refresh';

export interface Application extends ApiObject {
  readonly spec: {
    readonly source: { readonly repoURL: string; readonly path: string; readonly plugin: object };
    readonly destination: { readonly namespace: string };
  };
  readonly status?: {
    readonly sync?: { readonly status: string; readonly revision: string };
    readonly health?: { readonly status: string };
    readonly reconciledAt?: string;
    readonly operationState?: { readonly phase: string; readonly message?: string; readonly startedAt: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly resources?: readonly Resource[];
  };
  readonly operation?: object;
}

export interface Resource {
  readonly group?: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status?: string;
  readonly health?: { readonly status: string; readonly message?: string };
}

/** The example for one agent, with another repository, which is all that a user changes too. */
export function agentExample(repoURL: string): Application {
  const example = parse(readFileSync(join(EXAMPLES, 'agent.yaml'), 'utf8')) as Application;
  return { ...example, spec: { ...example.spec, source: { ...example.spec.source, repoURL } } };
}

/** The same for all files of a directory. */
export function directoryExample(repoURL: string, name: string, path: string, namespace: string): Application {
  const { metadata, spec, ...rest } = agentExample(repoURL);
  const source = { ...spec.source, path, plugin: { name: 'openclaw-v1' } };
  return { ...rest, metadata: { ...metadata, name }, spec: { ...spec, source, destination: { ...spec.destination, namespace } } };
}

/** The project that the examples are in, for those repositories and also for those namespaces. */
export function projectExample(sourceRepos: readonly string[], namespaces: readonly string[]): ApiObject {
  const example = parse(readFileSync(join(EXAMPLES, 'project.yaml'), 'utf8')) as ApiObject & {
    readonly spec: { readonly destinations: readonly { readonly server: string }[] };
  };
  const [destination] = example.spec.destinations;
  const more = namespaces.map((namespace) => ({ ...destination, namespace }));
  return { ...example, spec: { ...example.spec, sourceRepos, destinations: [destination, ...more] } } as ApiObject;
}

export async function read(client: ApiClient, application: ApiObject): Promise<Application> {
  const { body, message, status } = await client.get(application);
  if (status !== 200) throw new Error(`Application ${application.metadata.name}: ${status} ${message}`);
  return body as Application;
}

/** Waits until the revision is applied, compared, and nothing is going on. */
export async function synced(client: ApiClient, application: ApiObject, revision: string): Promise<Application> {
  return await eventually<Application>(
    `Application ${application.metadata.name} Synced at ${revision.slice(0, 7)}`,
    RECONCILED_SECONDS,
    async () => {
      const found = await read(client, application);
      const { sync, operationState } = found.status ?? {};
      const isSynced = sync?.status === 'Synced' && sync.revision === revision;
      return isSynced && found.operation === undefined && operationState?.phase === 'Succeeded'
        ? { value: found }
        : { seen: summary(found) };
    },
  );
}

/** Waits until everything in it does well. */
export async function healthy(client: ApiClient, application: ApiObject): Promise<void> {
  await eventually(`Application ${application.metadata.name} Healthy`, RECONCILED_SECONDS, async () => {
    const found = await read(client, application);
    return found.status?.health?.status === 'Healthy' ? { value: true } : { seen: summary(found) };
  });
}

/** Has it compared anew, from a fresh rendering when it is `hard`, and waits for the verdict. */
export async function refreshed(client: ApiClient, application: ApiObject, how: 'normal' | 'hard'): Promise<Application> {
  const path = await client.path(application);
  const patch = { metadata: { annotations: { [REFRESH]: how } } };
  const { message, status } = await client.send('PATCH', path, patch, 'application/merge-patch+json');
  if (status !== 200) throw new Error(`Application ${application.metadata.name}: ${status} ${message}`);
  return await eventually<Application>(`${how} refresh of ${application.metadata.name}`, RECONCILED_SECONDS, async () => {
    const found = await read(client, application);
    return found.metadata.annotations?.[REFRESH] === undefined ? { value: found } : { seen: summary(found) };
  });
}

/** Takes it away and leaves what it applied. */
export async function abandoned(client: ApiClient, application: ApiObject): Promise<void> {
  const path = await client.path(application);
  await client.send('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');
  await client.remove(application);
}

/** In one line, for whoever reads a failure. */
export function summary({ operation, status }: Application): string {
  const { conditions = [], health, operationState, resources = [], sync } = status ?? {};
  const odd = resources.flatMap(({ health: own, kind, name, status: found }) => {
    const words = [found === 'Synced' ? '' : found, own === undefined || own.status === 'Healthy' ? '' : `${own.status}: ${own.message}`];
    return words.join('') === '' ? [] : [`${kind}/${name} ${words.join(' ')}`];
  });
  return [
    `${sync?.status ?? 'never compared'} at ${sync?.revision?.slice(0, 7) ?? '-'}, ${health?.status ?? 'no health'}`,
    `operation ${operation === undefined ? '' : 'waiting, '}${operationState?.phase ?? 'none'}: ${operationState?.message ?? ''}`,
    ...conditions.map(({ message, type }) => `${type}: ${message}`),
    ...odd,
  ].join('; ');
}
