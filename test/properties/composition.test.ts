/** Features compose in any combination, and what they claim is reserved for them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compose } from '../../src/compose/compose.ts';
import { MAIN_CONTAINER } from '../../src/compose/merge.ts';
import { features } from '../../src/features/index.ts';
import { build } from '../../src/kinds/index.ts';
import { companionsOf } from '../../src/resolve/companions.ts';
import { instanceOf as instanceFrom, type Spec } from '../../src/resolve/instance.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import type { Resolved } from '../../src/resolve/resolved.ts';
import { RESERVED_CONTAINERS, RESERVED_VOLUMES } from '../../src/validate/reserved-names.ts';
import { parseSources } from '../../src/parse/parse.ts';
import { fileOf, instanceOf, renderedSpec } from './rendered.ts';
import { spec } from './spec-arbitrary.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);
const options = { numRuns: RUNS, seed: 20261122, endOnFailure: true };

/** Without the agent's container and its volume there is no pod; everything else is free to be missing. */
const CORE = ['gateway', 'storage'];

function resolved(value: Spec): Resolved {
  const source = parseSources([fileOf(instanceOf(value))]).objects[0]!;
  return resolve(instanceFrom(source, undefined, undefined), companionsOf([], undefined), {});
}

/** Combinations that the rules refuse need not compose. */
const accepted = spec.filter((value) => !renderedSpec(value).refused);

describe('features', () => {
  const optional = features.filter(({ id }) => !CORE.includes(id));

  test('compose in any subset', () => {
    fc.assert(
      fc.property(accepted, fc.subarray(optional), (value, chosen) => {
        const plan = compose(
          resolved(value),
          features.filter((feature) => CORE.includes(feature.id) || chosen.includes(feature)),
        );
        assert.equal(plan.containers[0]?.item.container.name, MAIN_CONTAINER);
        assert.ok(build(plan).length > 0);
      }),
      { ...options, numRuns: Math.ceil(RUNS / 2) },
    );
  });

  test('contribute the same in any company', () => {
    fc.assert(
      fc.property(accepted, fc.constantFrom(...features), (value, feature) => {
        const known = resolved(value);
        assert.deepEqual(feature.contribute(known), feature.contribute(structuredClone(known)));
      }),
      { ...options, numRuns: Math.ceil(RUNS / 3) },
    );
  });
});

describe('every container and volume of ours', () => {
  test('has a reserved name', () => {
    const containers = new Set<string>();
    const volumes = new Set<string>();
    fc.assert(
      fc.property(accepted, (value) => {
        const plan = compose(
          resolved({ ...value, sidecars: [], initContainers: [], sidecarVolumes: [], extraVolumes: [], extraVolumeMounts: [] }),
          features,
        );
        for (const { item } of [...plan.containers, ...plan.initContainers]) containers.add(item.container.name);
        for (const { item } of plan.volumes) volumes.add(item.name);
      }),
      { ...options, numRuns: Math.ceil(RUNS / 3) },
    );
    assert.ok(containers.size >= 4 && volumes.size >= 8, 'the specs are too poor to prove anything');
    assert.deepEqual(
      [...containers].filter((name) => !RESERVED_CONTAINERS.has(name)),
      [],
    );
    assert.deepEqual(
      [...volumes].filter((name) => !RESERVED_VOLUMES.has(name)),
      [],
    );
  });
});
