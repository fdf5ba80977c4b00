import { isJsonObject, valueAt, type Json } from '../lib/json.ts';
import type { SourceObject } from '../parse/source.ts';
import type { Companions } from '../resolve/companions.ts';

function keysOf(value: Json | undefined): string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

function externalKeys(object: SourceObject): string[] | null {
  const spec = object.value['spec'];
  // With dataFrom or a template the store decides which keys there are.
  if (valueAt(spec, 'dataFrom') !== undefined || valueAt(spec, 'target', 'template') !== undefined) return null;
  const data = valueAt(spec, 'data');
  if (!Array.isArray(data)) return null;
  return data.flatMap((entry: Json) => {
    const key = valueAt(entry, 'secretKey');
    return typeof key === 'string' ? [key] : [];
  });
}

/** The keys of a ConfigMap or Secret as the input's objects tell them, whoever makes it in the cluster; null when they do not. */
export function companionKeys(
  companions: Companions,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  name: string,
): ReadonlySet<string> | null {
  const object = companions.find(kind, namespace, name);
  if (object !== undefined) {
    return new Set([...keysOf(object.value['data']), ...keysOf(object.value['stringData']), ...keysOf(object.value['binaryData'])]);
  }
  if (kind === 'ConfigMap') return null;
  const sealed = companions.find('SealedSecret', namespace, name);
  if (sealed !== undefined) {
    return new Set([
      ...keysOf(valueAt(sealed.value, 'spec', 'encryptedData')),
      ...keysOf(valueAt(sealed.value, 'spec', 'template', 'data')),
    ]);
  }
  const external = companions.find('ExternalSecret', namespace, name);
  const keys = external === undefined ? null : externalKeys(external);
  return keys === null ? null : new Set(keys);
}
