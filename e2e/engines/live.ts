/** What is in the cluster, and whether an engine wrote it. */
import { prettyJson, type Json } from '../../src/lib/json.ts';
import type { ApiClient, ApiObject } from '../cluster/api-client.ts';
import { content } from '../cluster/content.ts';

/** A controller may report on all others at any time. */
const WITHOUT_STATUS: ReadonlySet<string> = new Set(['ConfigMap', 'Role', 'RoleBinding', 'Secret', 'ServiceAccount']);

type Managed = ApiObject & {
  readonly metadata: { readonly managedFields?: readonly { readonly subresource?: string }[]; readonly generation?: number };
};

export async function live(client: ApiClient, objects: readonly ApiObject[]): Promise<readonly ApiObject[]> {
  const found: ApiObject[] = [];
  for (const object of objects) {
    const { body, message, status } = await client.get(object);
    if (status !== 200) throw new Error(`${nameOf(object)}: ${status} ${message}`);
    found.push(body as ApiObject);
  }
  return found;
}

/** Every object that was written between two looks, by anyone but the controllers that report its status. */
export function moved(before: readonly ApiObject[], after: readonly ApiObject[]): readonly string[] {
  return after.flatMap((object, index) => (written(object) === written(before[index]) ? [] : [nameOf(object)]));
}

/** Every object whose content differs between two looks, whether or not it was made anew. */
export function changed(before: readonly ApiObject[], after: readonly ApiObject[]): readonly string[] {
  return after.flatMap((object, index) => (said(object) === said(before[index]) ? [] : [nameOf(object)]));
}

/** Without what the server gives each object once; the addresses of a Service are of that too. */
function said(object: ApiObject | undefined): string {
  if (object === undefined) return '';
  const { metadata, spec, ...rest } = object as ApiObject & { readonly spec?: Readonly<Record<string, unknown>> };
  const { creationTimestamp: _1, uid: _2, ...kept } = metadata;
  const { clusterIP: _3, clusterIPs: _4, ...wanted } = spec ?? {};
  return content({ ...rest, metadata: kept, spec: wanted } as ApiObject);
}

/** Identity, content, generation, and who owned which field since when; the version only where no controller can write a status. */
function written(object: ApiObject | undefined): string {
  if (object === undefined) return '';
  const { generation, managedFields = [], resourceVersion, uid } = (object as Managed).metadata;
  const owners = managedFields.filter(({ subresource }) => subresource !== 'status');
  return [
    uid,
    content(object),
    generation,
    WITHOUT_STATUS.has(object.kind) ? resourceVersion : '',
    prettyJson(owners as unknown as Json),
  ].join('\n');
}

export function nameOf({ kind, metadata }: ApiObject): string {
  return `${kind}/${metadata.name}`;
}
