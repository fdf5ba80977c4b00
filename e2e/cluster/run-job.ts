/** Plays Job controller and kubelet for a rendered Job: its pod passes real admission, its token is the API server's. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject, PodSpec } from '../../src/kube/types.ts';
import { finish } from '../pod-runner/command.ts';
import type { Finished } from '../pod-runner/command.ts';
import type { ApiClient, ApiObject } from './api-client.ts';
import { admitPod, podOf } from './pod-admission.ts';

const TIMEOUT_MILLISECONDS = 60_000;
const TOKEN_SECONDS = 3600;

/** What job-container.ts needs to know. */
export interface JobPod {
  readonly pod: ApiObject & { readonly spec: PodSpec };
  /** ConfigMaps and Secrets that the pod mounts. */
  readonly objects: readonly KubeObject[];
  readonly serviceAccountFiles: { readonly token: string; readonly 'ca.crt': string; readonly namespace: string };
  readonly apiServer: { readonly KUBERNETES_SERVICE_HOST: string; readonly KUBERNETES_SERVICE_PORT: string };
}

/** The pod of a Job as it would run now. */
export async function jobPodOf(client: ApiClient, job: ApiObject): Promise<JobPod> {
  const wanted = podOf(job);
  if (!wanted) throw new Error(`${job.kind} ${job.metadata.name} runs no pod`);
  const { faults, pod } = await admitPod(client, wanted);
  if (!pod) throw new Error(`the pod of ${job.metadata.name} is denied: ${faults.join('; ')}`);
  const namespace = pod.metadata.namespace ?? 'default';
  const objects: KubeObject[] = [];
  for (const { configMap, secret } of pod.spec.volumes ?? []) {
    if (configMap) objects.push(await stored(client, 'ConfigMap', configMap.name, namespace));
    if (secret) objects.push(await stored(client, 'Secret', secret.secretName, namespace));
  }
  const { certificateAuthority, server } = client.connection;
  const { hostname, port } = new URL(server);
  return {
    pod,
    objects,
    serviceAccountFiles: {
      token: await serviceAccountToken(client, pod.spec.serviceAccountName ?? 'default', namespace),
      'ca.crt': certificateAuthority,
      namespace,
    },
    apiServer: { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port === '' ? '443' : port },
  };
}

/** Runs the pod's container to its end. */
export async function runJobPod(jobPod: JobPod): Promise<Finished> {
  if (process.getuid?.() !== 0) throw new Error('running the Job needs a mount namespace: run this as root');
  const directory = await mkdtemp(join(tmpdir(), 'openclaw-gitops-job-'));
  try {
    await writeFile(join(directory, 'pod.json'), JSON.stringify(jobPod), { mode: 0o600 });
    const program = join(import.meta.dirname, 'job-container.ts');
    // A process namespace of its own ends with its first process, and that one with us: no run outlives its time.
    const own = [
      '--pdeathsig=KILL',
      '--',
      'unshare',
      '--mount',
      '--propagation',
      'private',
      '--pid',
      '--fork',
      '--kill-child',
      '--mount-proc',
    ];
    return await finish('setpriv', [...own, process.execPath, program, directory], process.env, TIMEOUT_MILLISECONDS);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A token as the kubelet asks one for a pod. */
export async function serviceAccountToken(client: ApiClient, name: string, namespace: string): Promise<string> {
  const path = await client.path({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: TOKEN_SECONDS } };
  const { body, message, status } = await client.send('POST', `${path}/token`, request);
  if (status !== 201) throw new Error(`token of ServiceAccount ${name}: ${status} ${message}`);
  return (body as { readonly status: { readonly token: string } }).status.token;
}

async function stored(client: ApiClient, kind: string, name: string | undefined, namespace: string): Promise<KubeObject> {
  const { body, message, status } = await client.get({ apiVersion: 'v1', kind, metadata: { name: name ?? '', namespace } });
  if (status !== 200) throw new Error(`${kind} ${name}: ${status} ${message}`);
  // A single object of the API always says what it is.
  return body as KubeObject;
}
