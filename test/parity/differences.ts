/** Compares what the operator creates with what we render, object by object, field by field. */
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { type Step } from './field-path.ts';
import { absent, type Json, type Side } from './shape.ts';

export interface RenderedObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** One field that is not equal; the path is empty where a whole object is on one side only. */
export interface Difference {
  readonly kind: string;
  readonly name: string;
  readonly path: readonly Step[];
  readonly operator: Side;
  readonly ours: Side;
}

type JsonMap = { readonly [key: string]: Json };

/** By which field the items of a list are told apart; lists that are not here are compared by index. */
const LIST_KEYS: { readonly [list: string]: readonly string[] } = {
  containers: ['name'],
  initContainers: ['name'],
  volumes: ['name'],
  env: ['name'],
  imagePullSecrets: ['name'],
  volumeMounts: ['mountPath'],
  ports: ['name', 'containerPort', 'port'],
  subjects: ['name'],
  rules: ['resources', 'alert'],
  items: ['key'],
  topologySpreadConstraints: ['topologyKey'],
};

/** Every difference between two sets of objects, in the operator's order, then what only we have. */
export function differences(operator: readonly RenderedObject[], ours: readonly RenderedObject[]): readonly Difference[] {
  const found: Difference[] = [];
  const left = byIdentity(operator);
  const right = byIdentity(ours);
  for (const [identity, object] of left) {
    const { kind, metadata } = object;
    const twin = right.get(identity);
    if (twin === undefined) found.push({ kind, name: metadata.name, path: [], operator: readable(object), ours: absent });
    else
      for (const difference of fieldDifferences(readable(object), readable(twin), []))
        found.push({ kind, name: metadata.name, ...difference });
  }
  for (const [identity, object] of right) {
    if (!left.has(identity))
      found.push({ kind: object.kind, name: object.metadata.name, path: [], operator: absent, ours: readable(object) });
  }
  return found;
}

function byIdentity(objects: readonly RenderedObject[]): ReadonlyMap<string, RenderedObject> {
  const map = new Map<string, RenderedObject>();
  for (const object of objects) {
    const identity = `${object.kind}/${object.metadata.name}`;
    if (map.has(identity)) throw new Error(`${identity} is there twice`);
    map.set(identity, object);
  }
  return map;
}

/** Files in ConfigMaps are read, so that paths go on inside `openclaw.json` instead of ending at one long text. */
function readable(object: RenderedObject): JsonMap {
  const value = object as unknown as JsonMap;
  if (object.kind !== 'ConfigMap' || !isMap(value['data'])) return value;
  const data: { [key: string]: Json } = {};
  for (const [key, text] of Object.entries(value['data'])) data[key] = typeof text === 'string' ? parsedFile(key, text) : text;
  return { ...value, data };
}

function parsedFile(key: string, text: string): Json {
  if (text.startsWith('<text sha256:')) return text;
  if (key.endsWith('.json')) return jsonOrText(text);
  if (key.endsWith('.yaml')) return parse(text) as Json;
  return text;
}

/** The operator passes JSON5 through as it is. */
function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

type FieldDifference = Pick<Difference, 'path' | 'operator' | 'ours'>;

function fieldDifferences(operator: Side, ours: Side, path: readonly Step[]): readonly FieldDifference[] {
  if (isDeepStrictEqual(operator, ours)) return [];
  if (isMap(operator) && isMap(ours)) {
    const keys = new Set([...Object.keys(operator), ...Object.keys(ours)]);
    return [...keys].flatMap((key) =>
      fieldDifferences(operator[key] ?? noValue(operator, key), ours[key] ?? noValue(ours, key), [...path, { kind: 'key', text: key }]),
    );
  }
  if (isListOfMaps(operator) && isListOfMaps(ours)) return listDifferences(operator, ours, path);
  return [{ path, operator, ours }];
}

/** A key that holds null is there; one that is not there is absent. */
function noValue(map: JsonMap, key: string): Side {
  return key in map ? null : absent;
}

function listDifferences(operator: readonly JsonMap[], ours: readonly JsonMap[], path: readonly Step[]): readonly FieldDifference[] {
  const list = path.findLast((step) => step.kind === 'key')?.text ?? '';
  const key = LIST_KEYS[list]?.find((candidate) => [...operator, ...ours].every((item) => item[candidate] !== undefined));
  const left = keyed(operator, key);
  const right = keyed(ours, key);
  const found: FieldDifference[] = [];
  for (const text of new Set([...left.keys(), ...right.keys()])) {
    found.push(...fieldDifferences(left.get(text) ?? absent, right.get(text) ?? absent, [...path, { kind: 'item', text }]));
  }
  // Order means something in these lists: containers start in it, environment variables refer backwards.
  if (key !== undefined) {
    const leftOrder = [...left.keys()].filter((text) => right.has(text));
    const rightOrder = [...right.keys()].filter((text) => left.has(text));
    if (!isDeepStrictEqual(leftOrder, rightOrder))
      found.push({ path: [...path, { kind: 'order', text: 'order' }], operator: leftOrder, ours: rightOrder });
  }
  return found;
}

function keyed(items: readonly JsonMap[], key: string | undefined): ReadonlyMap<string, JsonMap> {
  const map = new Map<string, JsonMap>();
  for (const [index, item] of items.entries()) {
    const plain = key === undefined ? String(index) : `${key}=${scalarText(item[key])}`;
    let text = plain;
    // The operator emits a user's variable of its own name a second time.
    for (let count = 2; map.has(text); count += 1) text = `${plain}#${count}`;
    map.set(text, item);
  }
  return map;
}

/** The field that a list is keyed by is a name or a number; lists of names, as in RBAC rules, are joined. */
function scalarText(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.join(',') : JSON.stringify(value);
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfMaps(value: unknown): value is readonly JsonMap[] {
  return Array.isArray(value) && value.every(isMap);
}
