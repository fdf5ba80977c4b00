import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOwnPage, passedOn } from '../../../src/pod/web-terminal-gate/headers.ts';

test('only the own page of the terminal may open it', () => {
  const table: readonly (readonly [origin: string | undefined, host: string | undefined, isOwn: boolean])[] = [
    ['http://localhost:7681', 'localhost:7681', true],
    ['http://127.0.0.1:7681', '127.0.0.1:7681', true],
    ['http://[::1]:7681', '[::1]:7681', true],
    ['https://term.example.com', 'term.example.com', true],
    ['https://term.example.com', 'TERM.example.com:443', true],
    ['http://localhost:7682', 'localhost:7681', false],
    ['http://localhost', 'localhost:7681', false],
    ['https://evil.example.com', 'localhost:7681', false],
    ['http://localhost:7681.evil.example.com', 'localhost:7681', false],
    ['http://localhost:7681@evil.example.com', 'localhost:7681', false],
    ['null', 'localhost:7681', false],
    ['file://localhost:7681', 'localhost:7681', false],
    ['http://', 'localhost:7681', false],
    ['http://localhost:7681', 'not a host', false],
    [undefined, 'localhost:7681', false],
    ['http://localhost:7681', undefined, false],
  ];
  for (const [origin, host, isOwn] of table)
    assert.equal(
      isOwnPage({ ...(origin === undefined ? {} : { origin }), ...(host === undefined ? {} : { host }) }),
      isOwn,
      `${origin} ${host}`,
    );
});

test('the login and the cookies of other servers on localhost stay behind', () => {
  const headers = { host: 'localhost:7681', authorization: 'Basic YTpi', cookie: 'session=1', 'x-forwarded-for': '1.2.3.4', accept: '*/*' };
  assert.deepEqual(passedOn(headers), { accept: '*/*', host: 'localhost:7681' });
});
