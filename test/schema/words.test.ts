import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapSchema, readSchemas, type Schema } from '../../scripts/gen/schemas.ts';

const schemas = readSchemas();

/** Every field and definition of the schemas, with a name for messages. */
const described: readonly (readonly [string, Schema])[] = Object.values(schemas).flatMap((schema) => [
  ...fieldsOf(String(schema.title), schema),
  ...Object.entries(schema.$defs ?? {}).flatMap(([name, definition]) => [[name, definition] as const, ...fieldsOf(name, definition)]),
]);

function fieldsOf(owner: string, schema: Schema): (readonly [string, Schema])[] {
  return Object.entries(schema.properties ?? {}).map(([name, field]) => [`${owner}.${name}`, field] as const);
}

test('an editor has a title and a description for every field', () => {
  assert.ok(described.length > 700);
  const faults = described.filter(
    ([, { title, description }]) => !/^\S.{1,39}$/.test(title ?? '') || !/^[^]{8,200}[.?]$/.test(description ?? ''),
  );
  assert.deepEqual(
    faults.map(([name]) => name),
    [],
  );
});

test('titles and descriptions do not call anything by a name that an editor would show as markup', () => {
  assert.deepEqual(
    described.filter(([, { title, description }]) => /[`*_]{2}|https?:/.test(`${title} ${description}`)).map(([name]) => name),
    [],
  );
});

test('every pattern is put into words', () => {
  const patterns: Schema[] = [];
  for (const schema of Object.values(schemas)) {
    mapSchema(schema, (part) => {
      if (part.pattern !== undefined) patterns.push(part);
      return part;
    });
  }
  assert.ok(patterns.length > 5);
  assert.deepEqual(
    patterns.filter((part) => !/^[a-z]/.test(part.patternErrorMessage ?? '')),
    [],
  );
});

test('objects refuse unknown fields, unless anything is allowed', () => {
  const open: string[] = [];
  for (const [name, schema] of described) {
    if (schema.type === 'object' && schema.additionalProperties === undefined) open.push(name);
    if (schema.properties !== undefined && schema.additionalProperties !== false) open.push(name);
  }
  assert.deepEqual(open, []);
  assert.deepEqual(
    described.filter(([, schema]) => schema.additionalProperties === true).map(([name]) => name),
    ['OpenClawInstance.status', 'Config.raw', 'OpenClawClusterDefaults.status'],
  );
});

test('definitions are there because something refers to them', () => {
  const text = JSON.stringify(schemas);
  const names = Object.values(schemas).flatMap((schema) => Object.keys(schema.$defs ?? {}));
  assert.deepEqual(
    names.filter((name) => !text.includes(`#/$defs/${name}"`)),
    [],
  );
});
