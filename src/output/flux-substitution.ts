/** Flux may replace `${NAME}` and `$$` in what it applies; objects that hold such text opt out, so that their bytes arrive. */
import { NO_FLUX_SUBSTITUTION } from '../kube/annotations.ts';
import type { JsonObject } from '../lib/json.ts';
import { memoByText } from '../lib/memo-by-text.ts';
import type { KubeObject } from '../kube/types.ts';

const wouldChange = memoByText((text) => text.includes('$') && (text.includes('${') || text.includes('$$')));

function holdsSubstitution(value: unknown): boolean {
  if (typeof value === 'string') return wouldChange(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsSubstitution);
  for (const key of Object.keys(value)) if (wouldChange(key) || holdsSubstitution((value as JsonObject)[key])) return true;
  return false;
}

/** `object`, with the opt-out annotation when Flux would change any text in it. */
export function keptFromSubstitution(object: KubeObject): KubeObject {
  if (!holdsSubstitution(object)) return object;
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, ...NO_FLUX_SUBSTITUTION } } };
}
