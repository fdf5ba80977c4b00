import { prettyJson } from '../../src/lib/json.ts';
import type { Json } from '../../src/lib/json.ts';
import type { ApiObject } from './api-client.ts';

/** An object as text without what the server counts or controllers report: versions, owners of fields, status. */
export function content(object: ApiObject | undefined): string {
  if (!object) return '';
  const { metadata, status: _, ...rest } = object as ApiObject & { readonly status?: unknown };
  const { generation: _1, managedFields: _2, resourceVersion: _3, ...kept } = metadata;
  return prettyJson({ ...rest, metadata: kept } as unknown as Json);
}
