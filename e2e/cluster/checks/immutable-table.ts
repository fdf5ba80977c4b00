/** Every row of the renderer's table of immutable fields: the server refuses the change, and takes what is new, and what is beside it. */
import { refusedChanges, IMMUTABLE_FIELDS } from '../../../src/output/immutable-fields.ts';
import type { Json, JsonObject } from '../../../src/lib/json.ts';
import { mergeJson } from '../../../src/lib/json.ts';
import type { ApiAnswer, ApiObject } from '../api-client.ts';
import { applyAll } from '../apply-all.ts';
import { bindClaim } from '../bind-claim.ts';
import type { Cluster } from '../cluster.ts';
import { only } from '../manifest.ts';
import { withNamespaces } from '../namespace.ts';
import { renderedManifests } from '../rendered.ts';
import type { CheckResult } from '../report.ts';

const NAMESPACE = 'immutable-table';
const ENGINE = 'argocd-controller';
const STORAGE_CLASS = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'immutable-table' },
  provisioner: 'e2e.test/none',
  allowVolumeExpansion: true,
} as ApiObject;

type Trial = readonly [title: string, kind: string, change: JsonObject];

const claimTemplate = (size: string): Json => [
  { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } } },
];
// Null takes it away, so that the template still fits.
const WIDER = { matchLabels: { 'app.kubernetes.io/instance': null } };
const size = (storage: string): JsonObject => ({ spec: { resources: { requests: { storage } } } });

const TRIALS: readonly Trial[] = [
  ['another access mode', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteMany'] } }],
  ['another class', 'PersistentVolumeClaim', { spec: { storageClassName: 'another' } }],
  ['no class', 'PersistentVolumeClaim', { spec: { storageClassName: null } }],
  ['a smaller claim', 'PersistentVolumeClaim', size('5Gi')],
  ['a larger claim', 'PersistentVolumeClaim', size('20Gi')],
  ['the same size in other words', 'PersistentVolumeClaim', size('10240Mi')],
  ['an annotation', 'PersistentVolumeClaim', { metadata: { annotations: { note: 'x' } } }],
  ['claims by template', 'StatefulSet', { spec: { volumeClaimTemplates: claimTemplate('1Gi') } }],
  ['another Service', 'StatefulSet', { spec: { serviceName: 'other' } }],
  ['another order of pods', 'StatefulSet', { spec: { podManagementPolicy: 'OrderedReady' } }],
  ['another selector', 'StatefulSet', { spec: { selector: WIDER } }],
  ['another number of pods', 'StatefulSet', { spec: { replicas: 0 } }],
  ['another template', 'StatefulSet', { spec: { template: { spec: { terminationGracePeriodSeconds: 7 } } } }],
  ['another retention', 'StatefulSet', { spec: { persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } } }],
  ['another template', 'Job', { spec: { template: { spec: { terminationGracePeriodSeconds: 7 } } } }],
  ['more tries', 'Job', { spec: { backoffLimit: 3 } }],
  ['another type', 'Secret', { type: 'e2e.test/other' }],
  ['an annotation', 'Secret', { metadata: { annotations: { note: 'x' } } }],
  ['another role', 'RoleBinding', { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'other' } }],
  ['nobody', 'RoleBinding', { subjects: [] }],
  ['another type', 'Service', { spec: { type: 'NodePort' } }],
];

export async function checkImmutableTable(cluster: Cluster): Promise<CheckResult> {
  const { client } = cluster;
  const rows: string[][] = [['kind', 'change', 'the server', 'the table']];
  const failures: string[] = [];
  const proven = new Set<string>();
  const { message, status } = await client.apply(STORAGE_CLASS, { fieldManager: 'openclaw-gitops-e2e' });
  if (!isTaken({ status })) throw new Error(`StorageClass: ${status} ${message}`);
  await withNamespaces(client, [NAMESPACE], async () => {
    const persistence = { size: '10Gi', storageClass: STORAGE_CLASS.metadata.name };
    const bot = renderedManifests({ name: 'bot', namespace: NAMESPACE, spec: { storage: { persistence } } });
    await applyAll(cluster, bot, ENGINE);
    await bindClaim(cluster, only(bot, 'PersistentVolumeClaim').object);
    for (const [title, kind, change] of TRIALS) {
      const before = bot.find(({ object }) => object.kind === kind)!.object as unknown as JsonObject;
      const after = withoutNulls(mergeJson(before, change));
      const answer = await client.apply(after as unknown as ApiObject, { fieldManager: ENGINE, dryRun: true });
      const found = refusedChanges([before], [after]);
      for (const { field } of found) proven.add(`${field.kind} ${field.path.join('.')}`);
      const [server, table] = [isTaken(answer) ? 'takes it' : 'refuses it', found.length === 0 ? 'takes it' : 'refuses it'];
      rows.push([kind, title, server, table]);
      if (server !== table)
        failures.push(`${kind}, ${title}: the table ${table}, the server ${server}: ${answer.status} ${answer.message}`);
      // Control: it is refused as a change, and not as an object.
      const made = await client.create(mergeJson(after, { metadata: { name: 'made' } }) as unknown as ApiObject, { dryRun: true });
      if (!isTaken(made)) failures.push(`${kind}, ${title}: not even a new one is taken: ${made.status} ${made.message}`);
    }
  });
  await client.remove(STORAGE_CLASS);
  for (const { kind, path } of IMMUTABLE_FIELDS) {
    const row = `${kind} ${path.join('.')}`;
    if (!proven.has(row)) failures.push(`no trial changes ${row}`);
  }
  return { summary: `${TRIALS.length} changes, ${IMMUTABLE_FIELDS.length} rows of the table`, rows, failures };
}

function isTaken({ status }: Pick<ApiAnswer, 'status'>): boolean {
  return status === 200 || status === 201;
}

/** A field set to null is one that leaves Git. */
function withoutNulls(object: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(object, (_key, value: unknown) => (value === null ? undefined : value))) as JsonObject;
}
