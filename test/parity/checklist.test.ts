import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OPEN_CASES, OPEN_FEATURES } from './cases.ts';
import { checklistCounts, type ChecklistLine, checklistProblems, readChecklist } from './checklist.ts';

const evidence = {
  titles: ['POD-001 is so', 'also POD-002, ARD-003'],
  departedIds: ['POD-004', 'W-01'],
  extendedIds: ['POD-001'],
  openFeatures: ['chromium'],
};
const good: readonly ChecklistLine[] = [
  { id: 'POD-001', area: 'pod', says: 'a', status: 'test' },
  { id: 'POD-002', area: 'pod', says: 'b', status: 'test' },
  { id: 'ARD-003', area: 'around', says: 'c', status: 'test' },
  { id: 'POD-004', area: 'pod', says: 'd', status: 'departure', reason: 'better' },
  { id: 'POD-005', area: 'pod', says: 'e', status: 'open', features: ['chromium', 'gone'] },
];

test('a checklist whose statuses hold has no problem', () => {
  assert.deepEqual(checklistProblems(good, evidence), []);
  assert.deepEqual(checklistCounts(good), [
    { area: 'pod', test: 2, departure: 1, open: 1 },
    { area: 'around', test: 1, departure: 0, open: 0 },
  ]);
});

const bad: readonly { readonly name: string; readonly line: ChecklistLine; readonly message: RegExp }[] = [
  { name: 'no test ran', line: { id: 'POD-006', area: 'pod', says: 'f', status: 'test' }, message: /no test with this id/ },
  { name: 'the id comes twice', line: { id: 'POD-001', area: 'pod', says: 'f', status: 'test' }, message: /is there twice/ },
  { name: 'no reason', line: { id: 'POD-006', area: 'pod', says: 'f', status: 'departure', reason: '' }, message: /without a reason/ },
  {
    name: 'no open feature is left',
    line: { id: 'POD-006', area: 'pod', says: 'f', status: 'open', features: ['gone'] },
    message: /which no longer is/,
  },
  { name: 'no status', line: { id: 'POD-006', area: 'pod', says: 'f' } as unknown as ChecklistLine, message: /has no status/ },
];

for (const { name, line, message } of bad) {
  test(`the checklist is wrong where ${name}`, () => {
    const problems = checklistProblems([...good, line], evidence);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', message);
  });
}

test('a tested behaviour that a departure names is a contradiction', () => {
  assert.deepEqual(checklistProblems(good, { ...evidence, departedIds: ['POD-001'] }), [
    'POD-001 is marked test, but a departure names it',
  ]);
});

test('an id that the checklist does not know is a mistake', () => {
  assert.match(checklistProblems(good, { ...evidence, titles: [...evidence.titles, 'POD-999 is so'] })[0] ?? '', /POD-999 is named/);
});

test('the checklist has every id of the catalogue, in order, and names known features only', () => {
  const lines = readChecklist();
  const ids = (prefix: string): readonly string[] => lines.map(({ id }) => id).filter((id) => id.startsWith(prefix));
  assert.equal(ids('POD-').length, 340);
  assert.equal(ids('ARD-').length, 260);
  assert.deepEqual(ids('POD-'), [...ids('POD-')].sort());
  assert.deepEqual(ids('ARD-'), [...ids('ARD-')].sort());
  const features = new Set(lines.flatMap((line) => (line.status === 'open' ? line.features : [])));
  assert.deepEqual([...features].sort(), Object.keys(OPEN_FEATURES).sort());
  for (const feature of Object.values(OPEN_CASES).flat()) assert.ok(features.has(feature), feature);
});
