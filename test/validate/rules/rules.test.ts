import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rules } from '../../../src/validate/rules/index.ts';
import { ALL_CASES } from './cases/index.ts';
import { checked, line } from './checked.ts';

for (const [id, cases] of Object.entries(ALL_CASES)) {
  describe(id, () => {
    for (const { title, input, options, expected } of cases) {
      test(title, () => {
        const found = checked(input, options).filter(({ rule }) => rule === id);
        assert.deepEqual(found.map(line), expected);
      });
    }
  });
}

test('every rule has a case in which it speaks, first, and one in which it is silent', () => {
  for (const { id } of rules) {
    const cases = ALL_CASES[id] ?? [];
    assert.notEqual(cases[0]?.expected.length ?? 0, 0, `${id} is not tried`);
    assert.ok(
      cases.some(({ expected }) => expected.length === 0),
      `${id} is never silent`,
    );
  }
});

test('cases are about rules that exist', () => {
  const known = new Set(rules.map(({ id }) => id));
  assert.deepEqual(
    Object.keys(ALL_CASES).filter((id) => !known.has(id)),
    [],
  );
});
