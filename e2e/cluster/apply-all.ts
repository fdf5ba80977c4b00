import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiObject } from './api-client.ts';
import type { Cluster } from './cluster.ts';
import type { Manifest } from './manifest.ts';

const GONE_TIMEOUT_SECONDS = 60;

/** Applies all as one engine would, in order, and gives what is stored then; throws at the first refusal or warning. */
export async function applyAll(
  { client }: Cluster,
  manifests: readonly Manifest[],
  fieldManager: string,
  dryRun = false,
): Promise<readonly ApiObject[]> {
  const stored: ApiObject[] = [];
  for (const { id, object, text } of manifests) {
    const { body, message, status, warnings } = await client.apply(object, { fieldManager, dryRun, text });
    if (status !== 200 && status !== 201) throw new Error(`${id}: ${status} ${message}`);
    // Pod Security warns of templates too; their pods are judged by themselves.
    const unexpected = warnings.filter((warning) => !warning.startsWith('would violate PodSecurity'));
    if (unexpected.length > 0) throw new Error(`${id}: the API server warns: ${unexpected.join('; ')}`);
    stored.push(body as ApiObject);
  }
  return stored;
}

/** What is stored now. */
export async function storedObjects({ client }: Cluster, manifests: readonly Manifest[]): Promise<readonly ApiObject[]> {
  const stored: ApiObject[] = [];
  for (const { id, object } of manifests) {
    const { body, message, status } = await client.get(object);
    if (status !== 200) throw new Error(`${id}: ${status} ${message}`);
    stored.push(body as ApiObject);
  }
  return stored;
}

/** Takes everything away and waits until it is gone, so that the next case finds the names free. */
export async function removeAll({ client, hasControllers }: Cluster, manifests: readonly Manifest[]): Promise<void> {
  const objects = manifests.map((manifest) => manifest.object).filter((object) => object.kind !== 'Namespace');
  for (const object of objects) {
    await client.remove(object);
    // The controller that takes this finalizer off is not there.
    if (object.kind === 'PersistentVolumeClaim' && !hasControllers)
      await client.send('PATCH', await client.path(object), { metadata: { finalizers: null } }, 'application/merge-patch+json');
  }
  const deadline = performance.now() + GONE_TIMEOUT_SECONDS * 1000;
  for (const object of objects) {
    while ((await client.get(object)).status !== 404) {
      if (performance.now() > deadline) throw new Error(`${object.kind} ${object.metadata.name} is still there`);
      await sleep(100);
    }
  }
}
