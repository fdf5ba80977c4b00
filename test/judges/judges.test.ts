/** How our output stands to the rules of seven judges of Kubernetes manifests: each is met, departed from with a reason, or silent. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../src/lib/json.ts';
import { caseInput, goldenCases } from '../golden/golden-case.ts';
import { caseOutcome } from '../golden/outcome.ts';
import { EXCEPTIONS, type Exception } from './exceptions.ts';
import { PREDICATES, type PredicateName } from './predicates.ts';
import { JUDGED_RULES } from './rules.ts';

interface Output {
  readonly objects: readonly JsonObject[];
  readonly warnings: ReadonlySet<string>;
}

const outputs = new Map<string, Output>();
for (const known of goldenCases().filter(({ keepsManifests }) => keepsManifests)) {
  const { objects, refused, diagnostics } = caseOutcome(known.name, await caseInput(known));
  if (!refused) outputs.set(known.name, { objects, warnings: new Set(diagnostics.map(({ rule }) => rule)) });
}
/** The cases that an exception lists, of those that break the predicate. */
function casesOf(where: Exception['where'], broken: readonly string[]): readonly string[] {
  if ('onlyWhereWarnedBy' in where) return broken.filter((golden) => outputs.get(golden)?.warnings.has(where.onlyWhereWarnedBy) === true);
  if ('warnedBy' in where) return [...outputs].filter(([, { warnings }]) => warnings.has(where.warnedBy)).map(([golden]) => golden);
  return where;
}

const predicates = Object.entries(PREDICATES) as [PredicateName, (typeof PREDICATES)[PredicateName]][];

describe('judges', () => {
  test('there are outputs to judge', () => assert.ok(outputs.size > 80, String(outputs.size)));

  test('each rule stands in the table once, with a reason where it is not met', () => {
    const ids = JUDGED_RULES.map(({ tool, rule }) => `${tool} ${rule}`);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
    for (const { tool, rule, verdict } of JUDGED_RULES) {
      if ('met' in verdict) assert.ok(Object.hasOwn(PREDICATES, verdict.met), `${tool} ${rule}`);
      else assert.match(Object.values(verdict)[0] as string, /^[A-Z].{20,}\.$/, `${tool} ${rule}`);
    }
  });

  test('each predicate serves a rule', () => {
    const used = new Set(JUDGED_RULES.flatMap(({ verdict }) => ('met' in verdict ? [verdict.met] : [])));
    assert.deepEqual(
      predicates.map(([name]) => name).filter((name) => !used.has(name)),
      [],
    );
  });

  for (const [name, predicate] of predicates) {
    test(`${name} holds wherever it is not listed as an exception`, () => {
      const broken = [...outputs].filter(([, { objects }]) => predicate(objects).length > 0).map(([golden]) => golden);
      const listed = EXCEPTIONS.filter(({ predicate: excepted }) => excepted === name).flatMap(({ where }) => casesOf(where, broken));
      assert.deepEqual(broken.toSorted(), listed.toSorted());
    });
  }

  test('each exception has a reason', () => {
    for (const { predicate, reason } of EXCEPTIONS) assert.match(reason, /^[A-Z].{10,}\.$/, predicate);
  });
});
