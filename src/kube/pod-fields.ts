/** References to fields of the pod, in variables and in volumes. */
import type { EnvVarSource } from './types.ts';

type PodFieldSource = Pick<EnvVarSource, 'fieldRef' | 'resourceFieldRef'>;

/**
 * The reference with what the API server would add to it. Volumes hold references in lists that have one owner as a whole, so that there,
 * as without a divisor anywhere, what is left out is a permanent difference under server-side apply.
 */
export function podFieldWithDefaults<Source extends PodFieldSource>(source: Source): Source {
  const { fieldRef, resourceFieldRef } = source;
  return {
    ...source,
    ...(fieldRef === undefined ? {} : { fieldRef: { apiVersion: 'v1', ...fieldRef } }),
    ...(resourceFieldRef === undefined ? {} : { resourceFieldRef: { divisor: '0', ...resourceFieldRef } }),
  };
}
