/** Schemas of two notations brought into one: every path with what is allowed there. */
import type { Schema } from '../../scripts/gen/schemas.ts';

/** What is allowed in one place; `type` in words, the rest as JSON Schema has it. */
export type Field = Readonly<Record<string, unknown>>;
export type Fields = ReadonlyMap<string, Field>;

/** A place in `crd-paths.json`: a type, a name in `shared` after `#`, or more. */
export type CrdNode =
  | string
  | {
      readonly type?: string;
      readonly fields?: Readonly<Record<string, CrdNode>>;
      readonly list?: CrdNode;
      readonly map?: CrdNode;
      readonly [constraint: string]: unknown;
    };

/** Every path of the operator's own schema. */
export function fieldsOfCrd(root: CrdNode, shared: Readonly<Record<string, CrdNode>>): Fields {
  const found = new Map<string, Field>();
  add(root, '');
  return found;

  function add(node: CrdNode, path: string): void {
    if (typeof node === 'string') {
      const target = node.startsWith('#') ? shared[node.slice(1)] : { type: node };
      if (target === undefined) throw new Error(`crd-paths.json has no shared ${node}`);
      add(target, path);
      return;
    }
    const { fields, list, map, set, ...rest } = node;
    const type = fields ? 'object' : list ? 'list' : map ? 'map' : rest.type;
    found.set(path, { ...rest, type, ...(set === true ? { uniqueItems: true } : {}) });
    for (const [name, field] of Object.entries(fields ?? {})) add(field, `${path}.${name}`);
    if (list !== undefined) add(list, `${path}[]`);
    if (map !== undefined) add(map, `${path}{}`);
  }
}

/** Every path of one of our schemas. */
export function fieldsOfSchema(root: Schema, definitions: Readonly<Record<string, Schema>>): Fields {
  const found = new Map<string, Field>();
  add(root, '');
  return found;

  function add(schema: Schema, path: string): void {
    const name = schema.$ref?.replace(/^.*#\/\$defs\//, '');
    const target = name === undefined ? schema : definitions[name];
    if (target === undefined) throw new Error(`no definition ${name}`);
    const { properties, items, additionalProperties, pattern, enum: choices, required } = target;
    const limits = Object.fromEntries(Object.entries(target).filter(([keyword]) => LIMITS.includes(keyword)));
    found.set(path, {
      type: NAMED_TYPES[name ?? ''] ?? typeOf(target),
      ...limits,
      ...(choices === undefined ? {} : { enum: choices }),
      ...(pattern === undefined || name === 'Quantity' ? {} : { pattern }),
      ...(required === undefined ? {} : { required }),
      ...(target.default === undefined ? {} : { default: target.default }),
    });
    for (const [key, field] of Object.entries(properties ?? {})) add(field, `${path}.${key}`);
    if (items !== undefined) add(items, `${path}[]`);
    if (typeof additionalProperties === 'object') add(additionalProperties, `${path}{}`);
  }
}

const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum', 'maxItems', 'maxProperties', 'uniqueItems'];
const NAMED_TYPES: Readonly<Record<string, string>> = { Quantity: 'quantity', IntOrString: 'int-or-string' };

function typeOf({ type, properties, additionalProperties }: Schema): unknown {
  if (type === 'array') return 'list';
  if (type !== 'object' || properties !== undefined) return type;
  return typeof additionalProperties === 'object' ? 'map' : 'any object';
}
