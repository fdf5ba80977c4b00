import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEPARTURES } from './departures.ts';
import { type Difference } from './differences.ts';
import { type Departure, matching, readDepartures } from './explain.ts';
import { parsePath, pathText } from './field-path.ts';
import { absent, anyString, anyValue, type Shape, type Side } from './shape.ts';

const instance = { name: 'bot', namespace: 'agents' };

function entry(fields: Partial<Departure>): Departure {
  return {
    kind: 'StatefulSet',
    name: '<name>',
    path: 'spec.replicas',
    operator: anyValue,
    ours: anyValue,
    ids: ['POD-005'],
    reason: 'because',
    ...fields,
  };
}

function explains(fields: Partial<Departure>, difference: Partial<Omit<Difference, 'path'>> & { readonly path?: string }): boolean {
  const whole: Difference = {
    kind: 'StatefulSet',
    name: 'bot',
    operator: 1,
    ours: 2,
    ...difference,
    path: parsePath(difference.path ?? 'spec.replicas'),
  };
  return matching(whole, readDepartures([entry(fields)]), instance).length === 1;
}

test('an entry explains the field, kind and name that it names', () => {
  assert.equal(explains({}, {}), true);
  assert.equal(explains({}, { kind: 'Job' }), false);
  assert.equal(explains({}, { name: 'bot-x' }), false);
  assert.equal(explains({ name: '<name>-secrets-*' }, { name: 'bot-secrets-0a1b' }), true);
  assert.equal(explains({ name: '<name>-secrets-*' }, { name: 'bot-secrets' }), false);
  assert.equal(explains({}, { path: 'spec.replicas.more' }), false);
});

const paths: readonly { readonly pattern: string; readonly path: string; readonly expected: boolean }[] = [
  {
    pattern: 'spec.template.spec.containers[name=openclaw].image',
    path: 'spec.template.spec.containers[name=openclaw].image',
    expected: true,
  },
  {
    pattern: 'spec.template.spec.containers[name=openclaw].image',
    path: 'spec.template.spec.containers[name=other].image',
    expected: false,
  },
  { pattern: 'spec.template.spec.containers[*].image', path: 'spec.template.spec.containers[name=openclaw].image', expected: true },
  { pattern: 'spec.template.spec.*[*].image', path: 'spec.template.spec.initContainers[name=a].image', expected: true },
  { pattern: 'spec.template.spec.*', path: 'spec.template.spec.volumes[name=a]', expected: false },
  { pattern: 'spec.template.spec.volumes[*]', path: 'spec.template.spec.volumes[order]', expected: false },
  { pattern: 'spec.template.spec.volumes[order]', path: 'spec.template.spec.volumes[order]', expected: true },
  { pattern: 'data["a.b"].c', path: 'data["a.b"].c', expected: true },
  { pattern: 'data.*.c', path: 'data["a.b"].c', expected: true },
];

for (const { pattern, path, expected } of paths) {
  test(`path pattern ${pattern} ${expected ? 'covers' : 'does not cover'} ${path}`, () => {
    assert.equal(explains({ path: pattern }, { path }), expected);
    assert.equal(pathText(parsePath(path)), path);
  });
}

const shapes: readonly { readonly name: string; readonly shape: Shape; readonly side: Side; readonly expected: boolean }[] = [
  { name: 'a value', shape: 1, side: 1, expected: true },
  { name: 'another value', shape: 1, side: '1', expected: false },
  { name: 'a structure, keys in another order', shape: { a: [1], b: null }, side: { b: null, a: [1] }, expected: true },
  { name: 'placeholders', shape: { '<name>': ['<name>-config in <namespace>'] }, side: { bot: ['bot-config in agents'] }, expected: true },
  { name: 'absent', shape: absent, side: absent, expected: true },
  { name: 'absent against null', shape: absent, side: null, expected: false },
  { name: 'null against absent', shape: null, side: absent, expected: false },
  { name: 'any value', shape: anyValue, side: { a: 1 }, expected: true },
  { name: 'any value against absent', shape: anyValue, side: absent, expected: false },
  { name: 'any string', shape: anyString, side: '', expected: true },
  { name: 'any string against a number', shape: anyString, side: 1, expected: false },
  { name: 'a pattern', shape: /^[0-9a-f]{4}$/, side: '00ff', expected: true },
  { name: 'a pattern against a number', shape: /1/, side: 1, expected: false },
];

for (const { name, shape, side, expected } of shapes) {
  test(`shape ${name} ${expected ? 'fits' : 'does not fit'}`, () => {
    assert.equal(explains({ operator: shape, ours: shape }, { operator: side, ours: side }), expected);
  });
}

const wrong: readonly { readonly name: string; readonly fields: Partial<Departure>; readonly message: RegExp }[] = [
  { name: 'a path with **', fields: { path: 'spec.**.name' }, message: /"\*\*" is not allowed/ },
  { name: 'an unfinished path', fields: { path: 'spec.a[name=x' }, message: /no path at offset/ },
  {
    name: 'a selector',
    fields: { path: 'spec.selector.matchLabels["app.kubernetes.io/name"]' },
    message: /cannot change on a live object/,
  },
  { name: 'a parent of immutable fields', fields: { path: 'spec' }, message: /cannot change on a live object/ },
  { name: 'a wildcard over immutable fields', fields: { path: 'spec.*' }, message: /cannot change on a live object/ },
  {
    name: 'a kind that is not left out',
    fields: { path: 'spec.volumeClaimTemplates[*].kind', operator: 'A' },
    message: /cannot change on a live object/,
  },
  { name: 'a claim template', fields: { path: 'spec.volumeClaimTemplates[0].spec' }, message: /cannot change on a live object/ },
  { name: 'access modes', fields: { kind: 'PersistentVolumeClaim', path: 'spec.accessModes' }, message: /cannot change on a live object/ },
  { name: 'a role reference', fields: { kind: 'RoleBinding', path: 'roleRef.name' }, message: /cannot change on a live object/ },
  { name: 'a namespace', fields: { path: 'metadata.namespace' }, message: /cannot change on a live object/ },
  { name: 'a missing object that is adopted', fields: { path: '', ours: absent }, message: /always rendered/ },
  { name: 'no id', fields: { ids: [] }, message: /needs an id and a reason/ },
  { name: 'no reason', fields: { reason: '' }, message: /needs an id and a reason/ },
];

for (const { name, fields, message } of wrong) {
  test(`the table refuses an entry with ${name}`, () => {
    assert.throws(() => readDepartures([entry(fields)]), message);
  });
}

test('the departures table can be read', () => {
  readDepartures(DEPARTURES);
});
