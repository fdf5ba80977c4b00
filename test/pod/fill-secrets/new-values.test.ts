import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { newValues } from '../../../src/pod/fill-secrets/new-values.ts';
import type { LiveSecret, WantedSecret } from '../../../src/pod/fill-secrets/secret.ts';

const LOGIN = { name: 's', keys: [], login: { username: 'ana', randomBytes: 32 } } satisfies WantedSecret;
const ALL = ['auth', 'password', 'username'];

function secret(texts: { readonly [key: string]: string }, ownedKeys: readonly string[] = []): LiveSecret {
  const data = new Map(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
  return { resourceVersion: '1', isImmutable: false, data, ownedKeys };
}

function values(live: LiveSecret, wanted: WantedSecret, filled: ReadonlyMap<string, LiveSecret> = new Map()): { [key: string]: string } {
  return Object.fromEntries([...newValues(live, wanted, filled)].map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

function line(username: string, password: string): string {
  return `${username}:{SHA}${createHash('sha1').update(password).digest('base64')}`;
}

test('a key that is absent or empty gets a value', () => {
  const wanted = { name: 's', keys: ['a', 'b', 'c'].map((key) => ({ key, randomBytes: 8 })) };
  const found = values(secret({ a: 'x', b: '' }, ['a', 'b', 'c']), wanted);
  assert.deepEqual(Object.keys(found), ['b', 'c']);
  for (const value of Object.values(found)) assert.match(value, /^[0-9a-f]{16}$/);
});

test('ARD-115 a login is made in one go, once', () => {
  const made = values(secret({}), LOGIN);
  assert.match(made['password'] ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual(made, { auth: line('ana', made['password'] ?? ''), password: made['password'], username: 'ana' });
  assert.deepEqual(values(secret(made, ALL), LOGIN), {});
});

const kept: readonly (readonly [string, LiveSecret, object])[] = [
  ["ARD-115 the operator's login stays", secret({ auth: 'old:{SHA}x', password: 'p', username: 'old' }), {}],
  ['a line of the user stays, without a password too', secret({ auth: 'eve:$apr1$x$y' }), {}],
  [
    'our login follows its user name',
    secret({ auth: line('old', 'p'), password: 'p', username: 'old' }, ALL),
    { auth: line('ana', 'p'), username: 'ana' },
  ],
  ['a password of the user gets its line', secret({ password: 'mine' }), { auth: line('ana', 'mine'), username: 'ana' }],
  ["the user's name stays", secret({ password: 'mine', username: 'eve' }), { auth: line('eve', 'mine') }],
  ['a line that was emptied comes back', secret({ auth: '', password: 'p', username: 'ana' }, ALL), { auth: line('ana', 'p') }],
];
for (const [title, live, expected] of kept) {
  test(title, () => {
    assert.deepEqual(values(live, LOGIN), expected);
  });
}

test('a copy follows what it was copied from, unless somebody else wrote it', () => {
  const wanted = { name: 'copy', keys: [], copy: { key: 'users', from: { secret: 's', key: 'auth' } } };
  const filled = new Map([['s', secret({ auth: 'new' })]]);
  assert.deepEqual(values(secret({}), wanted, filled), { users: 'new' });
  assert.deepEqual(values(secret({ users: 'old' }, ['users']), wanted, filled), { users: 'new' });
  assert.deepEqual(values(secret({ users: 'new' }, ['users']), wanted, filled), {});
  assert.deepEqual(values(secret({ users: 'mine' }), wanted, filled), {});
});
