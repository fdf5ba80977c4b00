/** What the companion's account tries: first with the rights of every namespace of agents, then with both components as well. */
import type { Job, StatefulSet } from '../../../src/kube/types.ts';
import type { ApiAnswer, ApiClient, ApiObject } from '../api-client.ts';
import { only, type Manifest } from '../manifest.ts';
import type { Attempt } from './admission-attempt.ts';

const COMPANION = 'openclaw-gitops-companion';
/** Two policies deny it, and the server names the one that it asked first. */
const WITH_WORKLOADS = `${COMPANION} or openclaw-gitops-workloads`;
const WITH_CLAIMS = `${COMPANION} or openclaw-gitops-claims`;
const MERGE = 'application/merge-patch+json';
const person = 'the companion';

interface Place {
  /** An agent whose claim stays when it goes, and one whose claim may be deleted; both as stored. */
  readonly bot: readonly Manifest[];
  readonly gone: readonly Manifest[];
  readonly namespace: string;
  readonly elsewhere: string;
}

type Trial = readonly [title: string, denied: string | null, send: Attempt['send']];

/** Attempts that leave nothing behind. */
export async function companionAttempts(
  client: ApiClient,
  { bot, elsewhere, gone, namespace }: Place,
): Promise<{ readonly base: readonly Attempt[]; readonly withComponents: readonly Attempt[] }> {
  const statefulSet = await client.path(only(bot, 'StatefulSet').object);
  const secret = await client.path(only(bot, 'Secret').object);
  const fillJob = only(bot, 'Job').object as Job & ApiObject;
  const job = await client.path(fillJob);
  const claim = await client.path(only(bot, 'PersistentVolumeClaim').object);
  const goneClaim = await client.path(only(gone, 'PersistentVolumeClaim').object);
  const networkPolicy = await client.path(bot.find(({ object }) => object.kind === 'NetworkPolicy')!.object);
  const ofAgents = `/api/v1/namespaces/${namespace}`;

  const read =
    (path: string): Attempt['send'] =>
    (sender) =>
      sender.send('GET', path);
  const patched = (path: string, change: object): Attempt['send'] => {
    return (sender) => sender.send('PATCH', `${path}?dryRun=All`, change, MERGE);
  };
  const created = (object: object): Attempt['send'] => {
    return (sender) => sender.create(object as ApiObject, { dryRun: true });
  };
  const removed = (path: string, propagationPolicy = 'Background'): Attempt['send'] => {
    return (sender) => sender.send('DELETE', path, { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'], propagationPolicy });
  };
  const template = (fields: object): object => ({ spec: { template: fields } });
  const strange = await strangers(client, bot, namespace);

  const always: readonly Trial[] = [
    ['lists StatefulSets', null, read(statefulSet.slice(0, statefulSet.lastIndexOf('/')))],
    ['reads a Secret by its name', null, read(secret)],
    ['lists Secrets', 'RBAC', read(`${ofAgents}/secrets`)],
    ['lists StatefulSets elsewhere', 'RBAC', read(`/apis/apps/v1/namespaces/${elsewhere}/statefulsets`)],
    ['lists StatefulSets of the cluster', 'RBAC', read('/apis/apps/v1/statefulsets')],
    ['lists pods', null, read(`${ofAgents}/pods`)],
    ['lists claims', null, read(`${ofAgents}/persistentvolumeclaims`)],
    ['renews the hash', null, patched(statefulSet, template({ metadata: { annotations: { 'openclaw.rocks/secret-hash': 'x' } } }))],
    [
      'renews the hash by server-side apply',
      null,
      (sender) =>
        sender.send(
          'PATCH',
          `${statefulSet}?dryRun=All&fieldManager=openclaw-companion`,
          {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            ...template({ metadata: { annotations: { 'openclaw.rocks/secret-hash': 'x' } } }),
          },
          'application/apply-patch+yaml',
        ),
    ],
    ['sets another annotation', COMPANION, patched(statefulSet, template({ metadata: { annotations: { other: 'x' } } }))],
    [
      'takes an annotation away',
      COMPANION,
      patched(statefulSet, template({ metadata: { annotations: { 'openclaw.rocks/config-hash': null } } })),
    ],
    ['annotates the StatefulSet', COMPANION, patched(statefulSet, { metadata: { annotations: { 'openclaw.rocks/secret-hash': 'x' } } })],
    ['labels the pods', WITH_WORKLOADS, patched(statefulSet, template({ metadata: { labels: { other: 'x' } } }))],
    ['changes the pods', WITH_WORKLOADS, patched(statefulSet, template({ spec: { hostNetwork: true } }))],
    ['scales', COMPANION, patched(statefulSet, { spec: { replicas: 0 } })],
    ['changes another field', COMPANION, patched(statefulSet, { spec: { minReadySeconds: 9 } })],
    ['scales by the subresource', 'RBAC', patched(`${statefulSet}/scale`, { spec: { replicas: 0 } })],
    [
      'renews the hash of another StatefulSet',
      COMPANION,
      patched(strange.statefulSet, template({ metadata: { annotations: { 'openclaw.rocks/secret-hash': 'x' } } })),
    ],
    [
      'makes another StatefulSet ours',
      WITH_WORKLOADS,
      patched(strange.statefulSet, { metadata: { labels: { 'app.kubernetes.io/managed-by': 'openclaw-gitops' } } }),
    ],
    ['deletes the Job that fills Secrets', null, removed(job)],
    ['deletes another Job', COMPANION, removed(strange.job)],
    ['writes a Secret', 'RBAC', patched(secret, { data: { token: 'dHdv' } })],
    ['deletes a Secret', 'RBAC', removed(secret)],
    ['deletes a NetworkPolicy', 'RBAC', removed(networkPolicy)],
    ['makes a pod', 'RBAC', created({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'attempt', namespace }, spec: { containers: [] } })],
    ['takes a token', 'RBAC', (sender) => sender.send('POST', `${ofAgents}/serviceaccounts/bot/token`, { spec: {} })],
    ['deletes all Jobs at once', 'RBAC', (sender) => sender.send('DELETE', `/apis/batch/v1/namespaces/${namespace}/jobs?dryRun=All`)],
    ['deletes a claim that stays', 'RBAC', removed(claim)],
  ];
  const backup = backupJob(fillJob, namespace);
  return {
    base: [
      ...always,
      ['deletes a claim that may go', 'RBAC', removed(goneClaim)] as const,
      ['deletes a StatefulSet', 'RBAC', removed(statefulSet, 'Orphan')] as const,
      ['makes the Job of a backup', 'RBAC', created(backup({}))] as const,
      ['lists Services', 'RBAC', read(`${ofAgents}/services`)] as const,
    ].map(attempt),
    withComponents: [
      ...always.filter(([title]) => title !== 'deletes a claim that stays'),
      ['deletes a claim that may go', null, removed(goneClaim)] as const,
      ['deletes a claim that stays', WITH_CLAIMS, removed(claim)] as const,
      ['deletes a StatefulSet and leaves its pods', null, removed(statefulSet, 'Orphan')] as const,
      ['deletes a StatefulSet and its pods', COMPANION, removed(statefulSet)] as const,
      ['deletes another StatefulSet', COMPANION, removed(strange.statefulSet, 'Orphan')] as const,
      ['makes the Job of a backup', null, created(backup({}))] as const,
      ['makes a Job with a token', COMPANION, created(backup({ automountServiceAccountToken: true }))] as const,
      [
        'makes a Job that mounts a Secret',
        COMPANION,
        created(backup({ volumes: [{ name: 'x', secret: { secretName: 'bot-gateway-token' } }] })),
      ] as const,
      [
        'makes a Job with a projected token',
        COMPANION,
        created(backup({ volumes: [{ name: 'x', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }] })),
      ] as const,
      [
        'makes a Job that reads a Secret',
        COMPANION,
        created(backup({}, { envFrom: [{ secretRef: { name: 'bot-gateway-token' } }] })),
      ] as const,
      [
        'makes a Job that reads a key of a Secret',
        COMPANION,
        created(backup({}, { env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'bot-gateway-token', key: 'token' } } }] })),
      ] as const,
      [
        'makes a Job without our label',
        COMPANION,
        created({ ...backup({}), metadata: { name: 'attempt', namespace, labels: { app: 'other' } } }),
      ] as const,
      ['lists Services', null, read(`${ofAgents}/services`)] as const,
      ['lists Secrets', 'RBAC', read(`${ofAgents}/secrets`)] as const,
    ].map(attempt),
  };
}

function attempt([title, denied, send]: Trial): Attempt {
  return { person, title, denied, send };
}

/** The last backup of a volume, with the hardening of our own Job. */
function backupJob(fillJob: Job & ApiObject, namespace: string) {
  const { containers, securityContext } = fillJob.spec!.template.spec!;
  const labels = { 'app.kubernetes.io/managed-by': 'openclaw-gitops' };
  return (pod: object, container: object = {}): object => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'attempt', namespace, labels },
    spec: {
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext,
          volumes: [
            { name: 'data', persistentVolumeClaim: { claimName: 'gone-data' } },
            { name: 'work', emptyDir: { sizeLimit: '1Gi' } },
          ],
          containers: [
            {
              name: 'backup',
              image: 'registry.test/backup:1',
              securityContext: containers[0]?.securityContext,
              envFrom: [{ secretRef: { name: 's3-backup-credentials' } }],
              ...container,
            },
          ],
          ...pod,
        },
      },
    },
  });
}

/** Objects of somebody else in the namespace of agents. */
async function strangers(
  client: ApiClient,
  bot: readonly Manifest[],
  namespace: string,
): Promise<{ readonly statefulSet: string; readonly job: string }> {
  const set = only(bot, 'StatefulSet').object as StatefulSet & ApiObject;
  const labels = { app: 'other' };
  const metadata = { name: 'other', namespace, labels };
  const pod = { ...set.spec!.template, metadata: { labels } };
  const statefulSet = { ...set, metadata, spec: { ...set.spec, selector: { matchLabels: labels }, template: pod } };
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: { suspend: true, template: { ...pod, spec: { ...pod.spec, restartPolicy: 'Never' } } },
  };
  const paths = [];
  for (const object of [statefulSet, job] as ApiObject[]) {
    const { message, status }: ApiAnswer = await client.apply(object, { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 200 && status !== 201) throw new Error(`${object.kind} other: ${status} ${message}`);
    paths.push(await client.path(object));
  }
  return { statefulSet: paths[0]!, job: paths[1]! };
}
