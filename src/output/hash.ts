/**
 * Hash: makes a change of what a workload mounts start it anew. Reads the volumes and environment sources that the pod really
 * has, finds the objects behind them and hashes those; nobody lists hash inputs by hand.
 *
 * - `openclaw.rocks/config-hash`: rendered ConfigMap entries, except those that can wait for the next start;
 * - `openclaw.rocks/secret-hash`: objects of the same input whose text changes with their value;
 * - Jobs: the hash is part of the name, since their template is immutable.
 */
import stableStringify from 'fast-json-stable-stringify';
import { CONFIG_HASH, SECRET_HASH } from '../kube/annotations.ts';
import { jobName } from '../kube/names.ts';
import type { Job, KubeObject, PodSpec, StatefulSet, Volume } from '../kube/types.ts';
import { isJsonObject, type Json } from '../lib/json.ts';
import { memoByText } from '../lib/memo-by-text.ts';
import { sha256Hex, shortHash } from '../lib/sha256.ts';
import type { ConfigMapEntry } from '../compose/contribution.ts';
import type { Plan } from '../compose/plan.ts';
import type { CompanionKind, Companions } from '../resolve/companions.ts';

interface Reference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Keys that are mounted; undefined for all of them. */
  readonly keys: readonly string[] | undefined;
}

function keys(items: { key: string }[] | undefined): string[] | undefined {
  return items?.map(({ key }) => key);
}

function volumeReferences(volume: Volume): Reference[] {
  const { configMap, secret, projected } = volume;
  if (configMap?.name !== undefined) return [{ kind: 'ConfigMap', name: configMap.name, keys: keys(configMap.items) }];
  if (secret?.secretName !== undefined) return [{ kind: 'Secret', name: secret.secretName, keys: keys(secret.items) }];
  return (projected?.sources ?? []).flatMap((source): Reference[] => [
    ...(source.configMap?.name === undefined
      ? []
      : [{ kind: 'ConfigMap' as const, name: source.configMap.name, keys: keys(source.configMap.items) }]),
    ...(source.secret?.name === undefined ? [] : [{ kind: 'Secret' as const, name: source.secret.name, keys: keys(source.secret.items) }]),
  ]);
}

/** Everything the pod reads from ConfigMaps and Secrets: volumes, envFrom and env of all its containers. */
function references(pod: PodSpec): Reference[] {
  const found: Reference[] = (pod.volumes ?? []).flatMap(volumeReferences);
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
    for (const { configMapRef, secretRef } of container.envFrom ?? []) {
      if (configMapRef?.name !== undefined) found.push({ kind: 'ConfigMap', name: configMapRef.name, keys: undefined });
      if (secretRef?.name !== undefined) found.push({ kind: 'Secret', name: secretRef.name, keys: undefined });
    }
    for (const { valueFrom } of container.env ?? []) {
      const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
      if (configMapKeyRef?.name !== undefined) found.push({ kind: 'ConfigMap', name: configMapKeyRef.name, keys: [configMapKeyRef.key] });
      if (secretKeyRef?.name !== undefined) found.push({ kind: 'Secret', name: secretKeyRef.name, keys: [secretKeyRef.key] });
    }
  }
  return found;
}

const digestOf = memoByText(sha256Hex);

/** Canonical lines of the rendered entries that a pod mounts and that restart it. */
function mountedEntries(found: readonly Reference[], rendered: ReadonlyMap<string, ReadonlyMap<string, ConfigMapEntry>>): string[] {
  const lines = new Set<string>();
  for (const { kind, name, keys } of found) {
    const entries = kind === 'ConfigMap' ? rendered.get(name) : undefined;
    if (entries === undefined) continue;
    for (const [key, { text, hashedText, takesEffect }] of entries) {
      const mounted = keys === undefined || keys.includes(key);
      if (mounted && takesEffect === 'restart') lines.add(JSON.stringify([name, key, digestOf(hashedText ?? text)]));
    }
  }
  return [...lines].sort();
}

const VALUE_FIELDS = ['data', 'binaryData', 'stringData', 'spec'] as const;
const SECRET_SOURCES: readonly CompanionKind[] = ['Secret', 'SealedSecret'];

/** The keys that are read, or everything where the pod takes all of them or the form is not a map of values. */
function readPart(values: Json | undefined, named: readonly string[] | undefined): Json {
  if (!isJsonObject(values) || named === undefined) return values ?? null;
  return named.map((key) => (Object.hasOwn(values, key) ? (values[key] ?? null) : null));
}

/** Canonical lines of the input's own objects that a pod reads and whose text changes with their value. */
function companionTexts(
  found: readonly Reference[],
  namespace: string,
  companions: Companions,
  rendered: ReadonlyMap<string, unknown>,
): string[] {
  const lines = new Set<string>();
  for (const { kind, name, keys: named } of found) {
    if (kind === 'ConfigMap' && rendered.has(name)) continue;
    for (const source of kind === 'ConfigMap' ? (['ConfigMap'] as const) : SECRET_SOURCES) {
      const object = companions.find(source, namespace, name);
      if (object === undefined) continue;
      lines.add(
        stableStringify([
          source,
          name,
          ...VALUE_FIELDS.map((field) => readPart(object.value[field], source === 'SealedSecret' ? undefined : named)),
        ]),
      );
    }
  }
  return [...lines].sort();
}

/** New objects with hashes in place; the given ones stay as they are. */
export function hashed(objects: readonly KubeObject[], plan: Plan, companions: Companions): KubeObject[] {
  const rendered = new Map(plan.configMaps.map(({ item }) => [item.name, item.entries]));
  return objects.map((object) => {
    if (object.kind === 'StatefulSet') return hashedStatefulSet(object as unknown as StatefulSet) as unknown as KubeObject;
    if (object.kind === 'Job') return hashedJob(object as unknown as Job) as unknown as KubeObject;
    return object;
  });

  function hashedStatefulSet(set: StatefulSet): StatefulSet {
    const { template } = set.spec!;
    const found = references(template.spec!);
    const secretTexts = companionTexts(found, plan.namespace, companions, rendered);
    const annotations = {
      ...template.metadata?.annotations,
      [CONFIG_HASH]: shortHash(mountedEntries(found, rendered).join('\n')),
      ...(secretTexts.length === 0 ? {} : { [SECRET_HASH]: shortHash(secretTexts.join('\n')) }),
    };
    return { ...set, spec: { ...set.spec!, template: { ...template, metadata: { ...template.metadata, annotations } } } };
  }

  function hashedJob(job: Job): Job {
    const content = stableStringify([job.spec, mountedEntries(references(job.spec!.template.spec!), rendered)]);
    return { ...job, metadata: { ...job.metadata, name: jobName(job.metadata!.name!, content) } };
  }
}
