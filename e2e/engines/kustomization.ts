/** A Kustomization of Flux, and what its controller says of it. */
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { eventually } from '../cluster/eventually.ts';

const RECONCILED_SECONDS = 90;
const REQUEST = 'reconcile.fluxcd.io/requestedAt';

export interface Kustomization extends ApiObject {
  readonly status?: {
    readonly lastAppliedRevision?: string;
    readonly lastHandledReconcileAt?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message: string }[];
    readonly inventory?: { readonly entries: readonly { readonly id: string }[] };
  };
}

/** Waits until the revision is applied and everything in it does well. */
export async function ready(client: ApiClient, kustomization: ApiObject, revision: string): Promise<Kustomization> {
  return await eventually<Kustomization>(`Kustomization ${kustomization.metadata.name} Ready`, RECONCILED_SECONDS, async () => {
    const found = await read(client, kustomization);
    const isReady = found.status?.conditions?.some(({ status, type }) => type === 'Ready' && status === 'True') === true;
    return isReady && found.status?.lastAppliedRevision === revision ? { value: found } : { seen: said(found) };
  });
}

/** Waits until the controller refuses it; the reason comes back. */
export async function refused(client: ApiClient, kustomization: ApiObject): Promise<string> {
  return await eventually<string>(`Kustomization ${kustomization.metadata.name} refused`, RECONCILED_SECONDS, async () => {
    const found = await read(client, kustomization);
    const ready = found.status?.conditions?.find(({ type }) => type === 'Ready');
    return ready?.status === 'False' ? { value: ready.message } : { seen: said(found) };
  });
}

/** Has it applied once more without a new revision, as its interval does. */
export async function reconciled(client: ApiClient, kustomization: ApiObject, request: string): Promise<Kustomization> {
  const patch = { metadata: { annotations: { [REQUEST]: request } } };
  const { message, status } = await client.send('PATCH', await client.path(kustomization), patch, 'application/merge-patch+json');
  if (status !== 200) throw new Error(`Kustomization ${kustomization.metadata.name}: ${status} ${message}`);
  return await eventually<Kustomization>(`reconciliation of ${kustomization.metadata.name}`, RECONCILED_SECONDS, async () => {
    const found = await read(client, kustomization);
    const isReady = found.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') === true;
    return isReady && found.status?.lastHandledReconcileAt === request ? { value: found } : { seen: said(found) };
  });
}

async function read(client: ApiClient, kustomization: ApiObject): Promise<Kustomization> {
  const { body, message, status } = await client.get(kustomization);
  if (status !== 200) throw new Error(`Kustomization ${kustomization.metadata.name}: ${status} ${message}`);
  return body as Kustomization;
}

function said({ status }: Kustomization): string {
  const conditions = (status?.conditions ?? []).map((condition) => `${condition.type} ${condition.status}: ${condition.message}`);
  return [`applied ${status?.lastAppliedRevision ?? 'nothing'}`, ...conditions].join('; ');
}
