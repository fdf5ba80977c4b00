/** Does one step of an adoption, or asks the API server whether it would be let. */
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Cluster } from '../../adapters/cluster.ts';
import { RemoteError } from '../../adapters/remote-error.ts';
import { LAST_APPLIED, type LiveObject } from '../../adopt/live-object.ts';
import { isOwned } from '../../adopt/managed-fields.ts';
import { ENGINES, type Adoption, type Observed } from '../../adopt/observed.ts';
import { SECRETS_MANAGER } from '../../adopt/operator.ts';
import { recordName, recordText } from '../../adopt/record.ts';
import type { Step } from '../../adopt/step.ts';
import { MANAGED_BY } from '../../kube/labels.ts';
import type { KubeObject } from '../../kube/types.ts';
import { invariant } from '../../lib/invariant.ts';
import { RECORD_KEY } from './observe.ts';

/** Whose small changes they are that no engine makes. */
const OWN_MANAGER = 'openclaw-gitops-adopt';
const LONGEST_DELETION_SECONDS = 120;

/** Every write is for the very version that the plan has seen: whoever was faster makes it fail with 409, and a new plan. */
export async function act(cluster: Cluster, step: Step, observed: Observed, adoption: Adoption): Promise<void> {
  await write(cluster, step, observed, adoption);
  if (step.type === 'delete-instance' || step.type === 'await-deletion') await deleted(cluster, step.object);
}

/** Throws what the API server would refuse, for rights, policies or content; nothing is changed. */
export async function rehearse(cluster: Cluster, step: Step, observed: Observed, adoption: Adoption): Promise<void> {
  await write(cluster.rehearsing, step, observed, adoption);
}

async function write(cluster: Cluster, step: Step, observed: Observed, adoption: Adoption): Promise<void> {
  switch (step.type) {
    case 'record':
      await cluster.create(recordSecret(observed, adoption), OWN_MANAGER);
      return;
    case 'own-data':
      await ownData(cluster, step.object);
      return;
    case 'strip-owner':
      await cluster.patch(step.object, [versionOf(step.object), replaced('ownerReferences', step.kept)], OWN_MANAGER);
      return;
    case 'hand-over':
      await cluster.patch(step.object, [versionOf(step.object), replaced('managedFields', step.managedFields)], OWN_MANAGER);
      return;
    case 'apply':
      await cluster.apply(step.object, { fieldManager: ENGINES[adoption.engine], force: true });
      return;
    case 'delete':
      await cluster.remove(step.object, { ...identity(step.object), propagation: 'Background' });
      return;
    case 'forget':
      await cluster.remove(step.object, { ...identity(step.object), propagation: 'Background' });
      return;
    case 'release-instance':
      await cluster.patch(step.object, [versionOf(step.object), replaced('finalizers', step.kept)], OWN_MANAGER);
      return;
    case 'delete-instance':
      await cluster.remove(step.object, { ...identity(step.object), propagation: 'Orphan' });
      return;
    case 'await-deletion':
      return;
    case 'create-instance':
      await cluster.create(step.object, adoption.operatorManager);
      return;
    case 'restore':
      if (step.live === null) await cluster.create(step.object, adoption.operatorManager);
      else if (step.object.kind === 'Secret')
        await cluster.replace(await withValues(cluster, step.object, step.live), adoption.operatorManager);
      else await cluster.replace(step.object, adoption.operatorManager);
  }
}

function versionOf({ metadata }: LiveObject): { op: 'replace'; path: string; value: string } {
  return { op: 'replace', path: '/metadata/resourceVersion', value: metadata.resourceVersion };
}

function replaced(field: string, value: readonly unknown[]): { op: 'replace'; path: string; value: readonly unknown[] } {
  return { op: 'replace', path: `/metadata/${field}`, value };
}

function identity({ metadata: { uid, resourceVersion } }: LiveObject): { readonly uid: string; readonly resourceVersion: string } {
  return { uid, resourceVersion };
}

function recordSecret({ instance, objects }: Observed, { namespace, name }: Adoption): LiveObject {
  invariant(instance !== null, 'an adoption is recorded without an instance');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: recordName(name),
      namespace,
      labels: { 'app.kubernetes.io/managed-by': MANAGED_BY, 'openclaw.rocks/instance': name },
    } as unknown as LiveObject['metadata'],
    type: 'gitops.openclaw.rocks/adoption',
    data: { [RECORD_KEY]: gzipSync(recordText({ instance, objects }), { level: 9 }).toString('base64') },
  };
}

/** The Secret with its values, of the version that was planned for. */
async function secretOf(cluster: Cluster, { apiVersion, kind, metadata }: LiveObject): Promise<LiveObject> {
  const secret = (await cluster.get({ apiVersion, kind, metadata })) as unknown as LiveObject | null;
  if (secret?.metadata.resourceVersion !== metadata.resourceVersion)
    throw new RemoteError(`Secret/${metadata.name}`, 'has just changed', true, 409);
  return secret;
}

async function ownData(cluster: Cluster, planned: LiveObject): Promise<void> {
  const { apiVersion, kind, metadata, data } = await secretOf(cluster, planned);
  const { name, namespace, uid, resourceVersion } = metadata;
  const object = { apiVersion, kind, metadata: { name, namespace, uid, resourceVersion }, data };
  // Not forced: with the same values there is no conflict.
  await cluster.apply(object, { fieldManager: SECRETS_MANAGER });
}

/** The Secret to put back, with what the record does not keep of it. */
async function withValues(cluster: Cluster, object: KubeObject, planned: LiveObject): Promise<LiveObject> {
  const { data, metadata } = await secretOf(cluster, planned);
  const recorded = object as unknown as LiveObject;
  const remembered = metadata.annotations?.[LAST_APPLIED];
  if (remembered === undefined || !isOwned(recorded, 'annotations', LAST_APPLIED)) return { ...recorded, data };
  const annotations = { ...recorded.metadata.annotations, [LAST_APPLIED]: remembered };
  return { ...recorded, metadata: { ...recorded.metadata, annotations }, data };
}

async function deleted(cluster: Cluster, { apiVersion, kind, metadata }: LiveObject): Promise<void> {
  for (let second = 0; second < LONGEST_DELETION_SECONDS; second += 1) {
    const live = (await cluster.get({ apiVersion, kind, metadata })) as unknown as LiveObject | null;
    if (live?.metadata.uid !== metadata.uid) return;
    await sleep(1000);
  }
  throw new RemoteError(`${kind}/${metadata.name}`, 'is still there: a finalizer of somebody else, or no garbage collector', true);
}
