import type { ApiClient, ApiObject } from './api-client.ts';

/** Reports nothing used yet, as the quota controller does moments after a quota is new: before that, what it counts is refused. */
export async function reportQuota(client: ApiClient, quota: ApiObject): Promise<void> {
  const { hard } = (quota as ApiObject & { readonly spec: { readonly hard: Readonly<Record<string, string>> } }).spec;
  const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
  const { message, status } = await client.send(
    'PATCH',
    `${await client.path(quota)}/status`,
    { status: { hard, used } },
    'application/merge-patch+json',
  );
  if (status !== 200) throw new Error(`status of ResourceQuota ${quota.metadata.name}: ${status} ${message}`);
}
