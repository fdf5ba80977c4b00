/** What the companion's account tries: first with the rights of every namespace of agents, then with both components as well. */
import type { Job } from '../../../src/kube/types.ts';
import type { ApiClient, ApiObject } from '../api-client.ts';
import { only, type Manifest } from '../manifest.ts';
import { created, MERGE, patched, type Attempt } from './admission-attempt.ts';
import type { Strangers } from './admission-strangers.ts';

const COMPANION = 'openclaw-gitops-companion';
/** Two policies deny it, and the server names the one that it asked first. */
const WITH_WORKLOADS = `${COMPANION} or openclaw-gitops-workloads`;
const WITH_CLAIMS = `${COMPANION} or openclaw-gitops-claims`;
const person = 'the companion';

interface Place {
  /** An agent, one whose claim may be deleted, and a claim that stays; all as stored. */
  readonly bot: readonly Manifest[];
  readonly gone: readonly Manifest[];
  readonly kept: readonly Manifest[];
  readonly namespace: string;
  readonly elsewhere: string;
  readonly others: Strangers;
}

type Trial = readonly [title: string, denied: string | null, send: Attempt['send']];

/** Attempts that leave nothing behind. */
export async function companionAttempts(
  client: ApiClient,
  { bot, elsewhere, gone, kept, namespace, others }: Place,
): Promise<Readonly<Record<'base' | 'withComponents' | 'withTooManyRights', readonly Attempt[]>>> {
  const statefulSet = await client.path(only(bot, 'StatefulSet').object);
  const secret = await client.path(only(bot, 'Secret').object);
  const fillJob = only(bot, 'Job').object as Job & ApiObject;
  const job = await client.path(fillJob);
  const claim = await client.path(only(kept, 'PersistentVolumeClaim').object);
  const goneClaim = await client.path(only(gone, 'PersistentVolumeClaim').object);
  const networkPolicy = await client.path(bot.find(({ object }) => object.kind === 'NetworkPolicy')!.object);
  const ofAgents = `/api/v1/namespaces/${namespace}`;

  const read =
    (path: string): Attempt['send'] =>
    (sender) =>
      sender.send('GET', path);
  const removed = (path: string, propagationPolicy = 'Background'): Attempt['send'] => {
    return (sender) => sender.send('DELETE', path, { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'], propagationPolicy });
  };
  const template = (fields: object): object => ({ spec: { template: fields } });
  const goneSet = await client.path(only(gone, 'StatefulSet').object);
  // What can be taken away has to be there; this much anybody may change.
  const more = { spec: { minReadySeconds: 5, template: { metadata: { annotations: { 'openclaw.rocks/secret-hash': 'x' } } } } };
  const { message, status } = await client.send('PATCH', goneSet, more, MERGE);
  if (status !== 200) throw new Error(`StatefulSet gone: ${status} ${message}`);

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
    ['takes the hash away', null, patched(goneSet, template({ metadata: { annotations: { 'openclaw.rocks/secret-hash': null } } }))],
    ['takes a field away', COMPANION, patched(goneSet, { spec: { minReadySeconds: null } })],
    ['labels the StatefulSet', WITH_WORKLOADS, patched(statefulSet, { metadata: { labels: { other: 'x' } } })],
    [
      'gives the StatefulSet an owner',
      COMPANION,
      patched(statefulSet, { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' }] } }),
    ],
    ['gives the StatefulSet a finalizer', COMPANION, patched(statefulSet, { metadata: { finalizers: ['e2e.test/x'] } })],
    ['labels the pods', WITH_WORKLOADS, patched(statefulSet, template({ metadata: { labels: { other: 'x' } } }))],
    ['changes the pods', WITH_WORKLOADS, patched(statefulSet, template({ spec: { hostNetwork: true } }))],
    ['scales', COMPANION, patched(statefulSet, { spec: { replicas: 0 } })],
    ['changes another field', COMPANION, patched(statefulSet, { spec: { minReadySeconds: 9 } })],
    ['scales by the subresource', 'RBAC', patched(`${statefulSet}/scale`, { spec: { replicas: 0 } })],
    [
      'renews the hash of another StatefulSet',
      COMPANION,
      patched(others.StatefulSet, template({ metadata: { annotations: { 'openclaw.rocks/secret-hash': 'x' } } })),
    ],
    [
      'makes another StatefulSet ours',
      WITH_WORKLOADS,
      patched(others.StatefulSet, { metadata: { labels: { 'app.kubernetes.io/managed-by': 'openclaw-gitops' } } }),
    ],
    ['deletes the Job that fills Secrets', null, removed(job)],
    ['deletes the Job of a backup', COMPANION, removed(others.backup)],
    ['deletes another Job', COMPANION, removed(others.Job)],
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
      ['deletes another StatefulSet', COMPANION, removed(others.StatefulSet, 'Orphan')] as const,
      ['makes the Job of a backup', null, created(backup({}))] as const,
      [
        'makes a Job that knows itself and its credentials',
        null,
        created(
          backup(
            { volumes: [{ name: 'x', secret: { secretName: 's3-backup-credentials' } }] },
            {
              env: [
                { name: 'A', value: 'x' },
                { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
                { name: 'C', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
                { name: 'D', valueFrom: { secretKeyRef: { name: 's3-backup-credentials', key: 'x' } } },
              ],
            },
          ),
        ),
      ] as const,
      [
        'makes a Job that reads a Secret before it begins',
        COMPANION,
        created(
          backup({
            initContainers: [{ name: 'x', image: 'registry.test/x:1', envFrom: [{ secretRef: { name: 'bot-gateway-token' } }] }],
          }),
        ),
      ] as const,
      ['makes a Job whose pods have not our label', COMPANION, created(backup({}, {}, { app: 'other' }))] as const,
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
    withTooManyRights: [
      ['writes a Secret', `${COMPANION} or openclaw-gitops-secrets`, patched(secret, { data: { token: 'dHdv' } })] as const,
      ['deletes a NetworkPolicy', `${COMPANION} or openclaw-gitops-network-policies`, removed(networkPolicy)] as const,
      [
        'labels its Service',
        COMPANION,
        patched(await client.path(only(bot, 'Service').object), { metadata: { labels: { other: 'x' } } }),
      ] as const,
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
  return (pod: object, container: object = {}, podLabels: object = labels): object => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'attempt', namespace, labels },
    spec: {
      template: {
        metadata: { labels: podLabels },
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
