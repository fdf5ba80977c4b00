/** Objects of somebody else in the namespace of agents, of the kinds that agents have. */
import type { Job, StatefulSet } from '../../../src/kube/types.ts';
import type { ApiClient, ApiObject } from '../api-client.ts';
import { only, type Manifest } from '../manifest.ts';

const KINDS = ['NetworkPolicy', 'PersistentVolumeClaim', 'Role', 'Secret'] as const;
const LABELS = { app: 'other' };

/** Their paths; `backup` is a Job with our label that fills no Secret. */
export type Strangers = Readonly<Record<(typeof KINDS)[number] | 'StatefulSet' | 'Job' | 'backup', string>>;

/** Stores them, as like those of an agent as can be. */
export async function strangers(client: ApiClient, bot: readonly Manifest[]): Promise<Strangers> {
  const set = only(bot, 'StatefulSet').object as StatefulSet & ApiObject;
  const fill = only(bot, 'Job').object as Job & ApiObject;
  const metadata = { name: 'other', namespace: set.metadata.namespace!, labels: LABELS };
  const pod = { ...set.spec!.template, metadata: { labels: LABELS } };
  const task = { ...pod, spec: { ...pod.spec, restartPolicy: 'Never' } };
  const paths: Record<string, string> = {};
  const store = async (key: string, object: object): Promise<void> => {
    const { message, status } = await client.apply(object as ApiObject, { fieldManager: 'openclaw-gitops-e2e' });
    if (status !== 201) throw new Error(`${key} of somebody else: ${status} ${message}`);
    paths[key] = await client.path(object as ApiObject);
  };
  for (const kind of KINDS) {
    const found = bot.find(({ object }) => object.kind === kind);
    if (found === undefined) throw new Error(`the agent has no ${kind}`);
    await store(kind, { ...found.object, metadata, ...(kind === 'Secret' && { data: { token: 'b25l' } }) });
  }
  await store('StatefulSet', { ...set, metadata, spec: { ...set.spec, selector: { matchLabels: LABELS }, template: pod } });
  await store('Job', { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { suspend: true, template: task } });
  const labels = { 'app.kubernetes.io/managed-by': 'openclaw-gitops' };
  await store('backup', {
    ...fill,
    metadata: { ...metadata, name: 'backup', labels },
    spec: { ...fill.spec, suspend: true, template: { ...task, metadata: { labels } } },
  });
  return paths as Strangers;
}
