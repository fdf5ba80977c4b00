import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSchemas } from '../../scripts/gen/schemas.ts';
import { ADDED_PATHS, SCHEMA_DEPARTURES } from './departures.ts';
import { fieldsOfCrd, fieldsOfSchema, type CrdNode, type Field, type Fields } from './fields.ts';

interface CrdPaths {
  readonly instance: CrdNode;
  readonly clusterDefaults: CrdNode;
  readonly shared: Readonly<Record<string, CrdNode>>;
}

const crd = JSON.parse(readFileSync(new URL('crd-paths.json', import.meta.url), 'utf8')) as CrdPaths;
const schemas = readSchemas();
const definitions = { ...schemas.instance.$defs, ...schemas.clusterDefaults.$defs };

const KINDS: readonly (readonly [kind: string, size: number, theirs: Fields, ours: Fields])[] = [
  ['OpenClawInstance', 1500, fieldsOfCrd(crd.instance, crd.shared), fieldsOfSchema({ $ref: '#/$defs/Spec' }, definitions)],
  [
    'OpenClawClusterDefaults',
    30,
    fieldsOfCrd(crd.clusterDefaults, crd.shared),
    fieldsOfSchema({ $ref: '#/$defs/ClusterDefaultsSpec' }, definitions),
  ],
];
const used = new Set<RegExp>();

for (const [kind, size, theirs, ours] of KINDS) {
  test(`${kind}: every path of the CRD is in our schema, and none more`, () => {
    assert.ok(theirs.size >= size, `${theirs.size} paths`);
    const added = [...ours.keys()].filter((path) => !theirs.has(path));
    assert.deepEqual(
      added.filter((path) => !ADDED_PATHS.test(path)),
      [],
    );
    assert.deepEqual(
      [...theirs.keys()].filter((path) => !ours.has(path)),
      [],
    );
  });

  test(`${kind}: types, choices, limits and defaults are those of the CRD, or a departure`, () => {
    const unexplained: string[] = [];
    for (const [path, field] of theirs) {
      const expected = JSON.stringify(comparable(departed(path, field)));
      const actual = JSON.stringify(comparable(ours.get(path) ?? {}));
      if (expected !== actual) unexplained.push(`${path}: ours ${actual}, expected ${expected}`);
    }
    assert.deepEqual(unexplained, []);
  });
}

test('every departure is met by a field', () => {
  assert.deepEqual(SCHEMA_DEPARTURES.filter((departure) => !used.has(departure.path)).map(String), []);
});

/** A departure adds what the CRD leaves open; where the CRD says something itself, only defaults and types may differ. */
function departed(path: string, theirs: Field): Field {
  let field: Field = theirs;
  for (const departure of SCHEMA_DEPARTURES) {
    if (!departure.path.test(path)) continue;
    const adds = Object.fromEntries(
      Object.entries(departure.ours).filter(
        ([key]) => theirs[key] === undefined || ['default', 'type', 'nullable', 'required'].includes(key),
      ),
    );
    if (Object.keys(adds).length > 0) used.add(departure.path);
    field = { ...field, ...adds };
  }
  return field;
}

function comparable(field: Field): Field {
  return Object.fromEntries(
    Object.entries(field)
      // An empty text as default says nothing that leaving it out does not say.
      .filter(([key, value]) => value !== undefined && !(key === 'default' && value === ''))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
