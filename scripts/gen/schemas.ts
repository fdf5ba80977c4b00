/** The schemas as the generators need them: read from disk, and reduced to what decides whether an input is valid. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Schema {
  [keyword: string]: unknown;
  $id?: string;
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  pattern?: string;
  patternErrorMessage?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  $defs?: Record<string, Schema>;
}

export type Schemas = Readonly<Record<'instance' | 'clusterDefaults' | 'lock' | 'pack' | 'render', Schema>>;

export const INSTANCE_FILE = 'openclaw-instance.schema.json';
export const CLUSTER_DEFAULTS_FILE = 'openclaw-cluster-defaults.schema.json';
export const LOCK_FILE = 'openclaw-lock.schema.json';
export const PACK_FILE = 'openclaw-pack.schema.json';
export const RENDER_FILE = 'openclaw-render.schema.json';

/** All schemas as they stand in `schema/`. */
export function readSchemas(): Schemas {
  return {
    instance: readSchema(INSTANCE_FILE),
    clusterDefaults: readSchema(CLUSTER_DEFAULTS_FILE),
    lock: readSchema(LOCK_FILE),
    pack: readSchema(PACK_FILE),
    render: readSchema(RENDER_FILE),
  };
}

function readSchema(file: string): Schema {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`../../schema/${file}`, import.meta.url)), 'utf8')) as Schema;
}

/** A copy in which `change` has replaced every schema, innermost first; names of properties and definitions are not schemas. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const copy: Schema = { ...schema };
  if (schema.properties) copy.properties = mapValues(schema.properties, change);
  if (schema.$defs) copy.$defs = mapValues(schema.$defs, change);
  if (schema.items) copy.items = mapSchema(schema.items, change);
  if (typeof schema.additionalProperties === 'object') copy.additionalProperties = mapSchema(schema.additionalProperties, change);
  return change(copy);
}

function mapValues(schemas: Record<string, Schema>, change: (schema: Schema) => Schema): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, mapSchema(schema, change)]));
}

/** A copy without these keywords. */
export function without(schema: Schema, ...keywords: readonly string[]): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)));
}
