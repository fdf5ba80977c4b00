import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject } from 'ajv';
import { transformSync } from 'esbuild';
import * as fc from 'fast-check';
import { compact } from '../../scripts/gen/compact.ts';
import { readSchemas, type Schema } from '../../scripts/gen/schemas.ts';
import { definitions } from '../../scripts/gen/validator.ts';
import { validateClusterDefaults, validateInstance } from '../../src/generated/validate.js';
import type { Json } from '../../src/lib/json.ts';
import { parseSources } from '../../src/parse/parse.ts';

const schemas = readSchemas();
const ORACLE = new URL('../parity/oracle/', import.meta.url);

/** The documents that the operator was asked for, by kind. */
function operatorInputs(kind: string): readonly (readonly [file: string, value: Json])[] {
  const files = readdirSync(ORACLE).filter((name) => name.endsWith('.input.yaml'));
  return files.flatMap((name) =>
    parseSources([{ name, bytes: readFileSync(new URL(name, ORACLE)) }])
      .objects.filter(({ value }) => value['kind'] === kind)
      .map(({ value }) => [name, value] as const),
  );
}

const KINDS = [
  ['OpenClawInstance', validateInstance],
  ['OpenClawClusterDefaults', validateClusterDefaults],
] as const;

test('src/generated is what scripts/gen.ts makes of schema', () => {
  const script = fileURLToPath(new URL('../../scripts/gen.ts', import.meta.url));
  assert.equal(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' }), '');
});

for (const [kind, validate] of KINDS) {
  const inputs = operatorInputs(kind);
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
  ajv.addSchema({ $id: 'all', $defs: definitions(schemas) });
  const oracle = ajv.getSchema(`all#/$defs/${kind}`);
  assert.ok(oracle);

  test(`${kind}: what the operator takes is accepted`, () => {
    assert.ok(inputs.length >= 3);
    for (const [file, value] of inputs) assert.deepEqual(validate(value), [], file);
  });

  const agree = (value: unknown): void => {
    oracle(value);
    assert.deepEqual(findings(validate(value)), findings((oracle.errors ?? []).map(asFinding)), JSON.stringify(value));
  };

  test(`${kind}: the shortened validator finds what ajv finds, in every field`, () => {
    let count = 0;
    for (const [path, field] of everyField(definitions(schemas), kind)) {
      for (const value of [...NEW_VALUES, ...valuesAtTheLimits(field)]) {
        agree(nested(path, value));
        count++;
      }
    }
    assert.ok(count > 1000);
  });

  test(`${kind}: the shortened validator finds what ajv finds, in damaged input`, () => {
    const choices = fc.array(fc.noBias(fc.nat()), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(fc.noBias(fc.nat()), fc.array(choices, { minLength: 1, maxLength: 5 }), (input, damages) => {
        let value: Json = inputs[input % inputs.length]?.[1] ?? null;
        for (const choices of damages) value = damage(value, [...choices]);
        agree(value);
      }),
      { numRuns: 300 },
    );
  });
}

function asFinding({ instancePath, keyword, params }: ErrorObject): { path: string; keyword: string; detail: unknown } {
  if (keyword !== 'additionalProperties') return { path: instancePath, keyword, detail: params['missingProperty'] };
  return { path: `${instancePath}/${pointerStep(String(params['additionalProperty']))}`, keyword, detail: undefined };
}

/** In one notation and order; of a value that is neither text nor a choice, the choices count and not the type. */
function findings(found: readonly { path: string; keyword: string; detail: unknown }[]): string[] {
  const lines = new Set(found.map(({ path, keyword, detail }) => `${path} ${keyword} ${keyword === 'required' ? String(detail) : ''}`));
  return [...lines].filter((line) => !(line.endsWith(' type ') && lines.has(line.replace(/type $/, 'enum ')))).sort();
}

/** Each field of each definition that an object of `kind` can hold, with one path to it; 0 stands for an item. */
function everyField(all: Readonly<Record<string, Schema>>, kind: string): (readonly [path: readonly (string | number)[], field: Schema])[] {
  const found: [(string | number)[], Schema][] = [];
  const seen = new Set<string>();
  visit({ $ref: `#/$defs/${kind}` }, []);
  return found;

  function visit(schema: Schema, path: (string | number)[]): void {
    const target = schema.$ref === undefined ? schema : (all[schema.$ref.slice('#/$defs/'.length)] ?? {});
    found.push([path, target]);
    if (schema.$ref !== undefined && seen.has(schema.$ref)) return;
    if (schema.$ref !== undefined) seen.add(schema.$ref);
    for (const [name, field] of Object.entries(target.properties ?? {})) visit(field, [...path, name]);
    if (target.items !== undefined) visit(target.items, [...path, 0]);
    if (typeof target.additionalProperties === 'object') visit(target.additionalProperties, [...path, 'a/b']);
  }
}

function nested(path: readonly (string | number)[], value: Json): Json {
  return path.reduceRight<Json>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);
}

function valuesAtTheLimits(field: Schema): Json[] {
  const limits = [field['minimum'], field['maximum']].filter((limit) => typeof limit === 'number');
  const lengths = [field['minLength'], field['maxLength'], field['maxItems'], field['maxProperties']].filter(
    (limit) => typeof limit === 'number',
  );
  const around = (limit: number): number[] => [limit - 1, limit, limit + 1];
  return [
    ...limits.flatMap(around),
    ...lengths.flatMap(around).flatMap((length) => {
      const items = Array.from({ length: Math.max(0, length) }, (_, index) => `n${index}`);
      return ['a'.repeat(Math.max(0, length)), items, Object.fromEntries(items.map((item) => [item, item]))];
    }),
    ...(Array.isArray(field['enum']) ? field['enum'].map(String) : []),
    'lower-case',
    'sub.domain',
    'A_B',
    '10Gi',
    '-1.5',
  ];
}

const NEW_NAMES = ['name', 'un/known~', 'enabled', 'image'] as const;
const NEW_VALUES: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  70_000,
  '',
  'Some text',
  'always',
  '1',
  [],
  ['a', 'a'],
  [null],
  {},
  { a: 1 },
  { name: '' },
];

/** `value` with one place in it changed, removed, or given an unknown neighbour, as the numbers in `choices` say. */
function damage(value: Json, choices: number[]): Json {
  if (typeof value !== 'object' || value === null || pick(10, choices) === 0) return NEW_VALUES[pick(NEW_VALUES.length, choices)] ?? null;
  const entries = Object.entries(value);
  if (entries.length === 0 || pick(10, choices) === 0) entries.push([NEW_NAMES[pick(NEW_NAMES.length, choices)] ?? '', 'x']);
  else {
    const index = pick(entries.length, choices);
    const [key, item] = entries[index] ?? ['', null];
    if (pick(10, choices) === 0) entries.splice(index, 1);
    else entries[index] = [key, damage(item, choices)];
  }
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function pick(count: number, choices: number[]): number {
  return (choices.pop() ?? 0) % count;
}

function pointerStep(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

test('the validator stays small and loads nothing', () => {
  const code = readFileSync(new URL('../../src/generated/validate.js', import.meta.url), 'utf8');
  assert.doesNotMatch(code, /\brequire\(|\bimport\b/);
  const minified = transformSync(code, { minify: true, format: 'esm' }).code;
  // It is read at every start of the command: ajv's own text is 350,000 characters.
  assert.ok(minified.length < 58_000, `${minified.length} characters`);
});

test('code of ajv that is not known stops the generator', () => {
  assert.throws(() => compact('function validate1(data){\nvErrors = [];\n}\n'), /does not know this code/);
});
