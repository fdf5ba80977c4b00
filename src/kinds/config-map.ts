import { SERVER_SIDE_APPLY } from '../kube/annotations.ts';
import { base64OfText } from '../lib/base64.ts';
import type { ConfigMap } from '../kube/types.ts';
import type { ConfigMapEntry } from '../compose/contribution.ts';
import type { Plan } from '../compose/plan.ts';
import { metadata } from './metadata.ts';

/** Past this many bytes a client-side apply cannot keep its copy of the object. */
export const LARGE_CONFIG_MAP_BYTES = 200_000;

/** Characters that kustomize or Argo CD breaks even when they are escaped: DEL, the C1 controls with NEL, and two non-characters. */
const UNSAFE_TEXT = /[\u007f-\u009f\ufffe\uffff]/;

function sizeOf(entries: ReadonlyMap<string, ConfigMapEntry>): number {
  let size = 0;
  for (const [key, { text }] of entries) size += key.length + text.length;
  return size;
}

/** Texts by key in code-unit order; what does not survive the way through Git tools as text travels in `binaryData`. */
export function configMaps(plan: Plan): ConfigMap[] {
  return plan.configMaps.map(({ item }) => {
    const data: Record<string, string> = {};
    const binaryData: Record<string, string> = {};
    for (const key of [...item.entries.keys()].sort()) {
      const text = item.entries.get(key)?.text ?? '';
      if (UNSAFE_TEXT.test(text)) binaryData[key] = base64OfText(text);
      else data[key] = text;
    }
    return {
      apiVersion: 'v1',
      ...(Object.keys(binaryData).length === 0 ? {} : { binaryData }),
      data,
      kind: 'ConfigMap',
      metadata: metadata(plan, item.name, sizeOf(item.entries) > LARGE_CONFIG_MAP_BYTES ? SERVER_SIDE_APPLY : {}),
    };
  });
}
