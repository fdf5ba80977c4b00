import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { storedFields } from '../../src/adopt/stored-fields.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';

const OWNED = {};

describe('owned fields of an object', () => {
  const object = {
    metadata: { labels: { a: '1' }, finalizers: ['one', 'a<b'] },
    spec: { replicas: 0, suspend: false, empty: {}, ports: [{ port: 80, protocol: 'TCP', name: 'http' }] },
  };
  const cases: readonly (readonly [title: string, fields: JsonObject, expected: JsonObject])[] = [
    [
      'one that is there stays, whatever its value',
      { 'f:spec': { 'f:replicas': OWNED, 'f:suspend': OWNED, 'f:empty': OWNED } },
      { 'f:spec': { 'f:replicas': OWNED, 'f:suspend': OWNED, 'f:empty': OWNED } },
    ],
    ['one that is not there goes', { 'f:spec': { 'f:replicas': OWNED, 'f:hostNetwork': OWNED } }, { 'f:spec': { 'f:replicas': OWNED } }],
    ['one goes with all that it had below it', { 'f:spec': { 'f:empty': { 'f:add': OWNED } } }, {}],
    [
      'one that is owned itself stays without them',
      { 'f:spec': { 'f:empty': { '.': OWNED, 'f:add': OWNED } } },
      { 'f:spec': { 'f:empty': { '.': OWNED } } },
    ],
    [
      'an item is found by its keys',
      {
        'f:spec': {
          'f:ports': {
            'k:{"port":80,"protocol":"TCP"}': { '.': OWNED, 'f:name': OWNED, 'f:nodePort': OWNED },
            'k:{"port":81,"protocol":"TCP"}': { '.': OWNED },
          },
        },
      },
      { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { '.': OWNED, 'f:name': OWNED } } } },
    ],
    [
      'an item is found by itself',
      { 'f:metadata': { 'f:finalizers': { '.': OWNED, 'v:"one"': OWNED, 'v:"two"': OWNED, 'v:"a\\u003cb"': OWNED } } },
      { 'f:metadata': { 'f:finalizers': { '.': OWNED, 'v:"one"': OWNED, 'v:"a\\u003cb"': OWNED } } },
    ],
  ];
  for (const [title, fields, expected] of cases) test(title, () => assert.deepEqual(storedFields(fields, object as Json), expected));
});
