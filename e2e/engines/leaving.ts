/** What is to go and what is to stay when objects leave Git. */
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { eventually } from '../cluster/eventually.ts';
import { nameOf } from './live.ts';

const GONE_SECONDS = 90;

export interface Leaving {
  readonly going: readonly ApiObject[];
  /** Volumes and generated Secrets: both engines are told to leave them. */
  readonly kept: readonly ApiObject[];
}

export function leaving(before: readonly ApiObject[], after: readonly ApiObject[]): Leaving {
  const now = new Set(after.map(nameOf));
  const left = before.filter((object) => !now.has(nameOf(object)));
  return { going: left.filter((object) => !isProtected(object)), kept: left.filter(isProtected) };
}

/** Waits until they are gone. */
export async function gone(client: ApiClient, objects: readonly ApiObject[]): Promise<void> {
  await eventually(`${objects.length} objects gone`, GONE_SECONDS, async () => {
    const there: string[] = [];
    for (const object of objects) if ((await client.get(object)).status !== 404) there.push(nameOf(object));
    return there.length === 0 ? { value: true } : { seen: `${there.join(', ')} are there` };
  });
}

function isProtected({ metadata }: ApiObject): boolean {
  const byArgoCd = metadata.annotations?.['argocd.argoproj.io/sync-options'] === 'Prune=false,Delete=false';
  const byFlux = metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled';
  if (byArgoCd !== byFlux) throw new Error(`${metadata.name} is kept by one engine only`);
  return byArgoCd;
}
