/** JSON Schemas for kubeconform out of the API server's own OpenAPI documents, refusing every field that the server does not know. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiClient } from '../cluster/api-client.ts';

interface OpenApiSchema {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly additionalProperties?: unknown;
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

type Schemas = Readonly<Record<string, OpenApiSchema>>;

/** As kubeconform's template asks for it: of the group only the first part. */
export function schemaFileName(group: string, version: string, kind: string): string {
  return `${kind.toLowerCase()}${group === '' ? '' : `-${group.split('.')[0]}`}-${version}.json`;
}

/** Writes one file a kind into `directory`, and returns how many. */
export async function writeStrictSchemas(client: ApiClient, directory: string): Promise<number> {
  mkdirSync(directory, { recursive: true });
  const index = (await client.send('GET', '/openapi/v3')).body as {
    readonly paths: Readonly<Record<string, { readonly serverRelativeURL: string }>>;
  };
  let written = 0;
  for (const [path, { serverRelativeURL }] of Object.entries(index.paths)) {
    if (!/^apis?\/.*v\d/.test(path)) continue;
    const { components } = (await client.send('GET', serverRelativeURL)).body as { readonly components?: { readonly schemas?: Schemas } };
    const schemas = components?.schemas ?? {};
    for (const schema of Object.values(schemas)) {
      const kinds = (schema['x-kubernetes-group-version-kind'] ?? []).filter(
        ({ group, version }) => `${group === '' ? 'api' : `apis/${group}`}/${version}` === path,
      );
      if (schema.properties?.['metadata'] === undefined) continue;
      for (const { group, version, kind } of kinds) {
        const name = schemaFileName(group, version, kind);
        writeFileSync(join(directory, name), JSON.stringify(withDefinitions(schema, schemas)));
        written += 1;
      }
    }
  }
  return written;
}

/** The schema with everything it refers to. */
function withDefinitions(schema: OpenApiSchema, schemas: Schemas): object {
  const definitions: Record<string, unknown> = {};
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key !== '$ref' || typeof value !== 'string') {
        collect(value);
        continue;
      }
      const name = value.slice(value.lastIndexOf('/') + 1);
      const target = schemas[name];
      if (Object.hasOwn(definitions, name) || target === undefined) continue;
      definitions[name] = strict(target);
      collect(definitions[name]);
    }
  };
  const top = strict(schema);
  collect(top);
  return { ...top, $schema: 'http://json-schema.org/draft-07/schema#', definitions };
}

/** The schema of a definition, refusing every field that it does not name. */
export function strictSchema(schema: object): object {
  return { ...strict(schema as OpenApiSchema), $schema: 'http://json-schema.org/draft-07/schema#' };
}

function strict(node: OpenApiSchema): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (keyword === '$ref') result['$ref'] = String(value).replace('#/components/schemas/', '#/definitions/');
    else if (keyword === 'properties') result['properties'] = mapped(value as Schemas);
    else if (keyword !== 'default' && keyword !== 'nullable' && !keyword.startsWith('x-')) result[keyword] = copied(value);
  }
  if (node['x-kubernetes-int-or-string'] === true || node['format'] === 'int-or-string') {
    for (const keyword of ['type', 'format', 'oneOf']) delete result[keyword];
    result['anyOf'] = [{ type: 'string' }, { type: 'integer' }];
  }
  if (node['nullable'] === true && typeof result['type'] === 'string') result['type'] = [result['type'], 'null'];
  const isOpen = node['x-kubernetes-preserve-unknown-fields'] === true || node.additionalProperties !== undefined;
  if (node.properties !== undefined && !isOpen) result['additionalProperties'] = false;
  return result;
}

function mapped(schemas: Schemas): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strict(schema)]));
}

function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  return typeof value === 'object' && value !== null ? strict(value as OpenApiSchema) : value;
}
