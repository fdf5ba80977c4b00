/**
 * A CustomResourceDefinition out of a JSON Schema, for who wants `kubectl explain` or a check in the cluster. Rendering needs none.
 * CustomResourceDefinitions take a part of JSON Schema only (apiextensions.k8s.io/v1 "structural schema"): references are written
 * out, unknown fields are pruned instead of refused, and defaults stay with the renderer, so that none is stored in the cluster.
 */
import { invariant } from '../lib/invariant.ts';
import { isJsonObject, valueAt, type Json, type JsonObject } from '../lib/json.ts';

export interface DefinedKind {
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly printerColumns: readonly { readonly name: string; readonly type: string; readonly jsonPath: string }[];
}

const GROUP = 'openclaw.rocks';
/** The first is the version that is stored. */
const VERSIONS = ['v1alpha1', 'v1'] as const;
/** Keywords that mean the same in both. */
const KEPT: ReadonlySet<string> = new Set([
  'description',
  'enum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'pattern',
  'required',
]);

/** Where a reference is looked up: the schema that holds it, and the others by their `$id`. */
interface Definitions {
  readonly home: JsonObject;
  readonly others: Readonly<Record<string, JsonObject>>;
}

/** The definition of `kind`, whose JSON Schema is `schema`; `others` are the schemas that it refers to, by their `$id`. */
export function customResourceDefinition(
  schema: JsonObject,
  others: Readonly<Record<string, JsonObject>>,
  { kind, plural, scope, printerColumns }: DefinedKind,
): JsonObject {
  const openAPIV3Schema = rootSchema(schema, { home: schema, others });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope,
      versions: VERSIONS.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        subresources: { status: {} },
        additionalPrinterColumns: printerColumns.map((column) => ({ ...column })),
        schema: { openAPIV3Schema },
      })),
    },
  };
}

/** The API server knows metadata itself, and has its own names for version and kind. */
function rootSchema(schema: JsonObject, definitions: Definitions): JsonObject {
  const { apiVersion, kind, metadata, ...properties } = propertiesOf(schema);
  invariant(apiVersion !== undefined && kind !== undefined && metadata !== undefined, 'the schema describes no Kubernetes object');
  return {
    description: schema['description'] ?? '',
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      ...structuralProperties(properties, definitions),
    },
  };
}

function structural(node: Json, definitions: Definitions): JsonObject {
  invariant(isJsonObject(node), 'a schema is an object');
  const { $ref: reference, ...own } = node;
  if (typeof reference === 'string') {
    const [file = '', name = ''] = reference.split('#/$defs/');
    const home = file === '' ? definitions.home : definitions.others[file];
    const target = valueAt(home, '$defs', name);
    invariant(home !== undefined && target !== undefined, `no schema has ${reference}`);
    // What stands beside the reference says more than its target.
    return { ...structural(target, { ...definitions, home }), ...kept(own) };
  }
  const { type, items, additionalProperties } = node;
  const common = kept(node);
  if (Array.isArray(type)) return { ...common, 'x-kubernetes-int-or-string': true };
  if (type === 'array') {
    const item = structural(items ?? {}, definitions);
    const isSet = node['uniqueItems'] === true && item['type'] !== 'object';
    return { ...common, type, items: item, ...(isSet ? { 'x-kubernetes-list-type': 'set' } : {}) };
  }
  if (type !== 'object') return { ...common, type: type ?? 'string' };
  if (isJsonObject(additionalProperties)) return { ...common, type, additionalProperties: structural(additionalProperties, definitions) };
  const properties = structuralProperties(propertiesOf(node), definitions);
  if (Object.keys(properties).length > 0) return { ...common, type, properties };
  return { ...common, type, 'x-kubernetes-preserve-unknown-fields': true };
}

function propertiesOf(node: JsonObject): JsonObject {
  const properties = node['properties'];
  return isJsonObject(properties) ? properties : {};
}

function structuralProperties(properties: JsonObject, definitions: Definitions): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, structural(property, definitions)]));
}

function kept(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([keyword]) => KEPT.has(keyword)));
}
