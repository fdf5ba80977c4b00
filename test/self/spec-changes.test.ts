import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inputFields } from '../../e2e/cluster/input-fields.ts';
import { REFUSED_CHANGES } from '../../e2e/cluster/refused-changes.ts';
import { renderedManifests } from '../../e2e/cluster/rendered.ts';
import { SPEC_CHANGES } from '../../e2e/cluster/spec-changes.ts';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Kubernetes' own types, which are carried over whole: one change of each is enough. */
const KUBERNETES_TYPES = [
  'Affinity',
  'Container',
  'EnvFromSource',
  'EnvVar',
  'HTTPRouteParent',
  'NetworkPolicyEgressRule',
  'Toleration',
  'TopologySpreadConstraint',
  'Volume',
  'VolumeMount',
];

/** Fields that no change of the table moves, with what their names begin with. */
const NOT_CHANGED: Readonly<Record<string, string>> = {
  autoUpdate: 'accepted, and not acted on yet (not-yet-supported): no object has it',
  backup: 'accepted, and not acted on yet (not-yet-supported): no object has it',
  restoreFrom: 'accepted, and not acted on yet (not-yet-supported): no object has it',
};

/** Fields that get no odd values, with what their names begin with. */
const NOT_ODD: Readonly<Record<string, string>> = {
  'backup.failedHistoryLimit': 'accepted, and not acted on yet (not-yet-supported): no object has it',
  'config.configMapRef': 'means nothing without a ConfigMap beside the instance',
  'config.format': 'means nothing without that ConfigMap',
};

const schema = JSON.parse(readFileSync('schema/openclaw-instance.schema.json', 'utf8')) as Schema;

test('every field of the specification is in a change that e2e:cluster applies, or is left out for a stated reason', () => {
  const changed = new Set(SPEC_CHANGES.flatMap(({ before, after }) => differing(before ?? {}, after)));
  const fields = leaves(schema.properties?.['spec'] ?? {}, '');
  assert.ok(fields.length > 150, `only ${fields.length} fields found`);
  const leftOut = (field: string): boolean => Object.keys(NOT_CHANGED).some((start) => field === start || field.startsWith(`${start}.`));
  assert.deepEqual(
    fields.filter((field) => !leftOut(field) && !changes(changed, field)),
    [],
    'fields in no entry of e2e/cluster/*-changes.ts',
  );
  for (const start of Object.keys(NOT_CHANGED)) {
    const own = fields.filter((field) => field === start || field.startsWith(`${start}.`));
    assert.ok(own.length > 0, `${start} is no field`);
    assert.deepEqual(
      own.filter((field) => changes(changed, field)),
      [],
      `${start} is changed after all`,
    );
  }
});

test('every field of the specification is one that e2e:cluster puts odd values in, or is left out for a stated reason', () => {
  const tried = new Set(
    inputFields('agents').map(({ path }) =>
      path
        .filter((step) => typeof step === 'string')
        .slice(1)
        .join('.'),
    ),
  );
  const untried = leaves(schema.properties?.['spec'] ?? {}, '').filter((field) => !changes(tried, field));
  const starts = Object.keys(NOT_ODD);
  const leftOut = (field: string): boolean => starts.some((start) => field === start || field.startsWith(`${start}.`));
  assert.deepEqual(
    untried.filter((field) => !leftOut(field)),
    [],
    'fields that no input says by itself',
  );
  assert.deepEqual(
    starts.filter((start) => !untried.some((field) => field === start || field.startsWith(`${start}.`))),
    [],
    'left out, and tried after all',
  );
});

test('every change of e2e:cluster has a name of its own, and every field in it is in the schema', () => {
  const names = SPEC_CHANGES.map(({ name }) => name);
  assert.deepEqual(names, [...new Set(names)]);
  // The validator refuses unknown fields.
  for (const { after, before = {}, beside = [] } of SPEC_CHANGES)
    for (const spec of [before, after]) assert.ok(renderedManifests({ name: 'bot', namespace: 'agents', spec, beside }).length > 0);
});

for (const { after, before = {}, name, rule } of REFUSED_CHANGES) {
  test(`the renderer refuses the change: ${name} (${rule})`, () => {
    const rendered = (spec: object): unknown => renderedManifests({ name: 'bot', namespace: 'agents', spec });
    rendered(before);
    assert.throws(() => rendered(after), new RegExp(`\\[${rule}\\]`));
  });
}

/** Paths of what holds no other field; the items of a list are at the path of the list. */
function leaves(field: Schema, path: string): readonly string[] {
  const type = field.$ref?.slice('#/$defs/'.length);
  if (type !== undefined) {
    const definition = schema.$defs?.[type];
    assert.ok(definition, `${path}: no definition ${type}`);
    return KUBERNETES_TYPES.includes(type) ? [path] : leaves(definition, path);
  }
  if (field.items) return leaves(field.items, path);
  if (!field.properties) return [path];
  return Object.entries(field.properties).flatMap(([name, value]) => leaves(value, path === '' ? name : `${path}.${name}`));
}

/** Paths whose values are not the same before and after. */
function differing(before: object, after: object): readonly string[] {
  const [old, now] = [before, after].map((spec) => values(spec)) as [Map<string, string>, Map<string, string>];
  return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
}

function values(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) for (const item of value) values(item, path, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) values(item, path === '' ? name : `${path}.${name}`, found);
  else found.set(path, `${found.get(path) ?? ''}${JSON.stringify(value)}\n`);
  return found;
}

/** Maps and Kubernetes' own types have more below the path of the field. */
function changes(changed: ReadonlySet<string>, field: string): boolean {
  return [...changed].some((path) => path === field || path.startsWith(`${field}.`));
}
