import { SERVER_SIDE_APPLY } from '../kube/annotations.ts';
import { LARGE_CONFIG_MAP_BYTES, utf8Bytes } from '../kube/config-map-size.ts';
import { brokenByKustomize } from '../kube/kustomize-text.ts';
import { base64OfText } from '../lib/base64.ts';
import { memoByText } from '../lib/memo-by-text.ts';
import type { ConfigMap } from '../kube/types.ts';
import type { ConfigMapEntry } from '../compose/contribution.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

const sizeOfText = memoByText(utf8Bytes);
const survivesAsText = memoByText((text) => brokenByKustomize(text) === null);

function sizeOf(entries: ReadonlyMap<string, ConfigMapEntry>): number {
  let size = 0;
  for (const [key, { text }] of entries) size += key.length + sizeOfText(text);
  return size;
}

/** Texts by key in code-unit order; what does not survive the way through Git tools as text travels in `binaryData`. */
export function configMaps(plan: Plan): ConfigMap[] {
  return plan.configMaps.map(({ item }) => {
    const data: Record<string, string> = {};
    const binaryData: Record<string, string> = {};
    for (const key of [...item.entries.keys()].sort()) {
      const { text, isBase64 = false } = item.entries.get(key) ?? { text: '' };
      if (isBase64) binaryData[key] = text;
      else if (survivesAsText(text)) data[key] = text;
      else binaryData[key] = base64OfText(text);
    }
    const isLarge = sizeOf(item.entries) > LARGE_CONFIG_MAP_BYTES;
    const own = metadata(plan, item.name, { ...item.annotations, ...(isLarge ? SERVER_SIDE_APPLY : {}) });
    return {
      apiVersion: 'v1',
      ...(Object.keys(binaryData).length === 0 ? {} : { binaryData }),
      // A shell without data: what others write into it is theirs.
      ...(item.entries.size === 0 ? {} : { data }),
      kind: 'ConfigMap',
      metadata: { ...own, labels: { ...own.labels, ...item.labels } },
    };
  });
}
