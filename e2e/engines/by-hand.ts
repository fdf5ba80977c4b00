import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { DRIFTS } from '../cluster/drifts.ts';

/** Makes the changes of `DRIFTS` that have these names, as somebody with kubectl would. */
export async function changeByHand(client: ApiClient, objects: readonly ApiObject[], names: readonly string[]): Promise<void> {
  for (const name of names) {
    const drift = DRIFTS.find(({ says }) => says === name);
    const object = objects.find(({ kind }) => kind === drift?.kind);
    if (!drift || !object) throw new Error(`there is no drift "${name}"`);
    const path = `${await client.path(object)}?fieldManager=kubectl-edit`;
    const { message, status } = await client.send('PATCH', path, drift.patch, 'application/json-patch+json');
    if (status !== 200) throw new Error(`${name}: ${status} ${message}`);
  }
}

/** Names of `DRIFTS` on one kind of object are not unique among kinds: these are, and an apply of Argo CD puts them back. */
export const PUT_BACK = [
  'another image',
  'another value of a variable',
  'three replicas',
  'a root file system that can be written',
  'processes shared',
  'a rule of ingress from everywhere',
  'a rule of egress more',
  'a direction no longer closed',
  'a verb more',
  'a subject more',
  'another type',
  'another limit',
  'another value of a key',
  'the annotations that keep a claim',
];

/** What belongs to whoever added it. */
export const STAYS = ['a variable more', 'a key more'];
