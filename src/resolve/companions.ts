/** Objects of the same input that an instance may refer to. */
import { isJsonObject, type Json } from '../lib/json.ts';
import type { SourceObject } from '../parse/source.ts';

export interface Companions {
  /** The object of `kind` with that name in that namespace, or undefined. */
  find(kind: CompanionKind, namespace: string, name: string): SourceObject | undefined;
}

export type CompanionKind = 'ConfigMap' | 'Secret' | 'SealedSecret' | 'ExternalSecret';

const API_GROUPS: Readonly<Record<CompanionKind, string>> = {
  ConfigMap: '',
  Secret: '',
  SealedSecret: 'bitnami.com',
  ExternalSecret: 'external-secrets.io',
};

function groupOf(apiVersion: unknown): string {
  if (typeof apiVersion !== 'string') return '';
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Indexes the input's ConfigMaps, Secrets, SealedSecrets and ExternalSecrets; an object without a namespace is in `defaultNamespace`. */
export function companionsOf(objects: readonly SourceObject[], defaultNamespace: string | undefined): Companions {
  const index = new Map<string, SourceObject>();
  for (const object of objects) {
    const { kind, apiVersion, metadata } = object.value;
    if (typeof kind !== 'string' || !Object.hasOwn(API_GROUPS, kind) || !isJsonObject(metadata)) continue;
    if (API_GROUPS[kind as CompanionKind] !== groupOf(apiVersion)) continue;
    const namespace = typeof metadata['namespace'] === 'string' ? metadata['namespace'] : (defaultNamespace ?? '');
    index.set(`${kind} ${namespace} ${String(metadata['name'])}`, object);
  }
  return { find: (kind, namespace, name) => index.get(`${kind} ${namespace} ${name}`) };
}

/** The base64 text of a ConfigMap's `binaryData` by key. */
export function configMapBinaryData(object: SourceObject): ReadonlyMap<string, string> {
  return textsOf(object.value['binaryData']);
}

/** The `data` of a ConfigMap as text by key; entries that are not text are left out. */
export function configMapData(object: SourceObject): ReadonlyMap<string, string> {
  return textsOf(object.value['data']);
}

function textsOf(data: Json | undefined): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  if (!isJsonObject(data)) return entries;
  for (const [key, value] of Object.entries(data)) if (typeof value === 'string') entries.set(key, value);
  return entries;
}
