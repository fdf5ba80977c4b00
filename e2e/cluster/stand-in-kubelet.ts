/**
 * Says what a kubelet and the controllers of volumes and Jobs would say when all goes well: pods ready, claims bound, Jobs complete.
 * No container runs; what it shows is that nothing we render waits for ever where everything else works.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, PersistentVolumeClaim } from '../../src/kube/types.ts';
import { ApiClient, type ApiConnection, type ApiObject } from './api-client.ts';

const BETWEEN_ROUNDS_MILLISECONDS = 200;

interface Kind {
  readonly path: (namespace: string) => string;
  /** What to report of an object that has not come that far; nothing of one that has. */
  readonly report: (object: ApiObject) => object | null;
}

const KINDS: readonly Kind[] = [
  { path: (namespace) => `/api/v1/namespaces/${namespace}/pods`, report: readyPod },
  { path: (namespace) => `/api/v1/namespaces/${namespace}/persistentvolumeclaims`, report: boundClaim },
];
const JOBS: Kind = { path: (namespace) => `/apis/batch/v1/namespaces/${namespace}/jobs`, report: completeJob };

/** Goes on until it is stopped, which throws what the API server refused meanwhile. Jobs can be left to whoever really runs them. */
export function startStandInKubelet(
  connection: ApiConnection,
  namespaces: readonly string[],
  { completesJobs = true } = {},
): { readonly stop: () => Promise<void> } {
  const kinds = completesJobs ? [...KINDS, JOBS] : KINDS;
  const client = new ApiClient(connection);
  const stopping = new AbortController();
  const work = rounds().catch((error: unknown) => error);
  return {
    stop: async () => {
      stopping.abort();
      const failure = await work;
      client.close();
      if (failure !== undefined) throw failure;
    },
  };

  async function rounds(): Promise<void> {
    while (!stopping.signal.aborted) {
      for (const namespace of namespaces) for (const kind of kinds) await round(kind, namespace);
      await sleep(BETWEEN_ROUNDS_MILLISECONDS);
    }
  }

  async function round({ path, report }: Kind, namespace: string): Promise<void> {
    const { body, message, status } = await client.send('GET', path(namespace));
    if (status !== 200) throw new Error(`${path(namespace)}: ${status} ${message}`);
    for (const object of (body as { readonly items: readonly ApiObject[] }).items) {
      const reported = object.metadata.deletionTimestamp === undefined ? report(object) : null;
      if (reported === null) continue;
      const where = `${path(namespace)}/${object.metadata.name}/status`;
      const answer = await client.send('PATCH', where, { status: reported }, 'application/merge-patch+json');
      // What is deleted meanwhile needs no report.
      if (answer.status !== 200 && answer.status !== 404) throw new Error(`${where}: ${answer.status} ${answer.message}`);
    }
  }
}

function readyPod(object: ApiObject): object | null {
  const { status } = object as ApiObject & { readonly status?: { readonly phase?: string } };
  if (status?.phase === 'Running') return null;
  return { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
}

function boundClaim(object: ApiObject): object | null {
  const { spec, status } = object as unknown as PersistentVolumeClaim;
  if (status?.phase === 'Bound') return null;
  return { phase: 'Bound', accessModes: spec?.accessModes, capacity: spec?.resources?.requests };
}

function completeJob(object: ApiObject): object | null {
  const { status } = object as unknown as Job & { readonly status?: { readonly completionTime?: string } };
  if (status?.completionTime !== undefined) return null;
  const time = object.metadata.creationTimestamp;
  const condition = (type: string) => ({ type, status: 'True', lastTransitionTime: time });
  return {
    startTime: time,
    completionTime: time,
    succeeded: 1,
    conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
  };
}
