import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyVariables, withProxyVariables } from '../../../src/compose/every-container/proxy-variables.ts';
import type { EnvVar } from '../../../src/kube/types.ts';

const rows: readonly (readonly [title: string, env: readonly EnvVar[], names: readonly string[]])[] = [
  ['none', [{ name: 'TEAM', value: 'blue' }], []],
  [
    'every spelling',
    ['http_proxy', 'HTTPS_PROXY', 'All_Proxy', 'NO_PROXY'].map((name) => ({ name, value: 'x' })),
    ['http_proxy', 'HTTPS_PROXY', 'All_Proxy', 'NO_PROXY'],
  ],
  [
    'nothing that only sounds like it',
    [
      { name: 'MY_HTTP_PROXY', value: 'x' },
      { name: 'PROXY', value: 'x' },
    ],
    [],
  ],
  [
    'what they refer to, and what that refers to',
    [
      { name: 'USER', value: 'u' },
      { name: 'OTHER', value: 'o' },
      { name: 'LOGIN', value: '$(USER):$(PASSWORD)' },
      { name: 'HTTPS_PROXY', value: 'http://$(LOGIN)@proxy.example.com' },
    ],
    ['USER', 'LOGIN', 'HTTPS_PROXY'],
  ],
  [
    'not what is written after them, which they cannot see',
    [
      { name: 'HTTP_PROXY', value: '$(LATE)' },
      { name: 'LATE', value: 'x' },
    ],
    ['HTTP_PROXY'],
  ],
  [
    'not what is escaped',
    [
      { name: 'A', value: 'x' },
      { name: 'HTTP_PROXY', value: '$$(A)' },
    ],
    ['HTTP_PROXY'],
  ],
];

for (const [title, env, names] of rows) {
  test(`the proxy variables: ${title}`, () => {
    assert.deepEqual(
      proxyVariables(env).map(({ name }) => name),
      names,
    );
  });
}

test("a container's own variables win, and the others come first", () => {
  const container = {
    name: 'a',
    env: [
      { name: 'NO_PROXY', value: 'own' },
      { name: 'X', value: 'x' },
    ],
  };
  const variables = [
    { name: 'HTTPS_PROXY', value: 'p' },
    { name: 'NO_PROXY', value: 'user' },
  ];
  assert.deepEqual(withProxyVariables(container, variables).env, [
    { name: 'HTTPS_PROXY', value: 'p' },
    { name: 'NO_PROXY', value: 'own' },
    { name: 'X', value: 'x' },
  ]);
  assert.equal(withProxyVariables(container, []), container);
});
