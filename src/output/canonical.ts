/** One order of keys for every object, whatever order the user or a builder had: equal values give equal bytes. */
import { withSortedKeys, type JsonObject } from '../lib/json.ts';
import type { KubeObject } from '../kube/types.ts';

/** `object` without undefined fields: apiVersion, kind and metadata first, all other keys in code-unit order at every level. */
export function canonical(object: KubeObject): JsonObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  return withSortedKeys({ apiVersion, kind, metadata, ...rest }, 3);
}
